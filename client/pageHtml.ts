/** The page of a model view: nothing but our own script and style may run in it. */

import { randomBytes } from 'node:crypto';
import { Uri, type Webview } from 'vscode';

/** HTML under a content security policy that allows scripts by nonce, one style sheet, a worker of the page's own, and no connection anywhere. */
export function pageHtml(webview: Webview, extensionUri: Uri): string {
  const nonce = randomBytes(16).toString('base64');
  const media = (file: string): string =>
    webview.asWebviewUri(Uri.joinPath(extensionUri, 'dist', 'media', file)).toString();
  const policy = [
    `default-src 'none'`,
    `script-src 'nonce-${nonce}'`,
    `style-src ${webview.cspSource}`,
    `img-src ${webview.cspSource} data:`,
    `font-src ${webview.cspSource}`,
    // The layout works in a thread of its own, whose script the page makes itself.
    `worker-src blob:`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="UTF-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${media('main.css')}">
<title>Causal model</title>
</head>
<body data-elk-url="${media('elk.js')}" data-nonce="${nonce}">
<div id="app"></div>
<script nonce="${nonce}" src="${media('main.js')}"></script>
</body>
</html>`;
}
