/** Packs the extension: builds it, writes out/penstock.vsix, and says what is in it and how big it is. */
import { mkdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { createVSIX } from '@vscode/vsce';
import { runScript } from './support/problem.mjs';
import { run } from './support/process.mjs';
import { projectNode, root } from './support/project.mjs';

const vsix = join(root, 'out', 'penstock.vsix');

await runScript(async (args) => {
  if (!args.includes('--no-build')) {
    await run(projectNode(), [join(root, 'scripts', 'build.mjs')], { cwd: root, why: 'The build failed' });
  }
  mkdirSync(join(root, 'out'), { recursive: true });
  // The lock file's packages are bundled into dist, and the README's pictures live in the repository only.
  const options = { dependencies: false, allowMissingRepository: true, rewriteRelativeLinks: false };
  await createVSIX({ cwd: root, packagePath: vsix, ...options });
  const archive = readFileSync(vsix);
  const files = entries(archive).toSorted((a, b) => b.packed - a.packed);
  console.log(
    `\n${relative(root, vsix)}: ${kilobytes(archive.length)} in ${files.length} files; the largest, packed:`,
  );
  for (const { name, packed, plain } of files.slice(0, 10)) {
    console.log(`${kilobytes(packed).padStart(10)}  ${name} (${kilobytes(plain)} unpacked)`);
  }
});

/** What a zip archive's central directory lists. */
function entries(zip) {
  const end = zip.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  const count = zip.readUInt16LE(end + 10);
  const files = [];
  let at = zip.readUInt32LE(end + 16);
  for (let index = 0; index < count; index += 1) {
    const [nameLength, extraLength, noteLength] = [28, 30, 32].map((offset) => zip.readUInt16LE(at + offset));
    const name = zip.toString('utf8', at + 46, at + 46 + nameLength);
    files.push({ name, packed: zip.readUInt32LE(at + 20), plain: zip.readUInt32LE(at + 24) });
    at += 46 + nameLength + extraLength + noteLength;
  }
  return files;
}

function kilobytes(bytes) {
  return `${(bytes / 1024).toFixed(1)} kB`;
}
