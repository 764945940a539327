/** The user settings of the VS Code under test: quiet, and the same on every machine. */

import fs from 'node:fs';
import path from 'node:path';

/** The themes that a picture is taken in: their names in the list of themes, and the class by which the workbench shows that it wears them. */
export const themes = new Map([
  ['dark', { label: 'Dark Modern', className: 'vs-dark' }],
  ['light', { label: 'Light Modern', className: 'vs' }],
  ['high-contrast', { label: 'Dark High Contrast', className: 'hc-black' }],
  ['high-contrast-light', { label: 'Light High Contrast', className: 'hc-light' }],
]);

const base = {
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.colorTheme': 'Default Dark Modern',
  'window.autoDetectColorScheme': false,
  'window.autoDetectHighContrast': false,
  'security.workspace.trust.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'extensions.autoUpdate': false,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'chat.commandCenter.enabled': false,
  'git.enabled': false,
  // Words of the text are no answer of ours: completion is to show what the extension offers, or nothing.
  'editor.wordBasedSuggestions': 'off',
  // In the browser it is on by default: a test would write its edits to the disk.
  'files.autoSave': 'off',
};

/** Writes the user settings, `own` over the base, into VS Code's user data folder, to be read when a window opens. */
export function writeSettings(user, own = {}) {
  const folder = path.join(user, 'User');
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(path.join(folder, 'settings.json'), JSON.stringify({ ...base, ...own }, null, 2));
}
