/** The page's script: it finds its settings on the body, and takes over the element `app`. */

import { render } from 'preact';
import { App } from './app.tsx';
import { lazyElk } from './elk.ts';
import { webviewHost } from './host.ts';
import type { PageSettings } from './protocol.ts';
import './style.css';

function pageSettings({ elkUrl = '', nonce = '' }: DOMStringMap): PageSettings {
  return { elkUrl, nonce };
}

const root = document.getElementById('app') ?? document.body;
render(<App host={webviewHost()} engine={lazyElk(pageSettings(document.body.dataset))} />, root);
