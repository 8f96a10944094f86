-- Attaches the server to the file that Neovim was started with, as docs/editors.md says, waits for its
-- findings and writes them where PENSTOCK_FOUND says.
local config = {
  name = 'penstock',
  cmd = { vim.env.PENSTOCK_NODE, vim.env.PENSTOCK_SERVER, '--stdio' },
  root_dir = vim.fn.getcwd(),
}
if vim.fn.has('nvim-0.11') == 1 then
  config.root_dir = nil
  config.filetypes = { 'yaml', 'sql' }
  config.root_markers = { 'dbt_project.yml' }
  vim.lsp.config('penstock', config)
  vim.lsp.enable('penstock')
  vim.cmd('doautocmd FileType')
elseif vim.lsp.start then
  vim.lsp.start(config)
else
  vim.lsp.buf_attach_client(0, vim.lsp.start_client(config))
end

local function found()
  return vim.diagnostic.get(0)
end

vim.wait(60000, function()
  return #found() > 0
end, 50)
-- The text is mended in the editor alone: the file on disk stays as it was.
local before = found()
vim.api.nvim_buf_set_lines(0, 1, 2, false, { "from {{ ref('orders') }}" })
vim.wait(60000, function()
  return #found() == 0
end, 50)
vim.fn.writefile({ vim.fn.json_encode({ before = before, after = found() }) }, vim.env.PENSTOCK_FOUND)
vim.cmd('qall!')
