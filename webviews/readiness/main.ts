import { registerControls } from '../shared/controls.ts';
import { connectHost } from '../shared/host.ts';
import type { FromWebview, PanelState, ToWebview } from './protocol.ts';
import { ReadinessPage } from './view.ts';

registerControls();
const host = connectHost<ToWebview, FromWebview, PanelState>();
const page = document.querySelector('#page');
if (page instanceof HTMLElement) {
  new ReadinessPage(page, host).start();
}
