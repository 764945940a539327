/** A VS Code window as a person uses it: files, the palette, panels, webviews, settings, pictures. */

import fs from 'node:fs';
import path from 'node:path';
import { editorText, eventually, plain } from './editorText.mjs';
import { themes, writeSettings } from './settings.mjs';

const START_MS = 60_000;
const STEP_MS = 20_000;

const startingWith = (text) => new RegExp(`^${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}`);

/** Opening files and running commands through the field at the top of the window. */
function quickInput(page) {
  const input = page.locator('.quick-input-widget input[type="text"]');
  const rows = page.locator('.quick-input-list .monaco-list-row');
  const tab = (name) => page.locator('.tab.active').filter({ hasText: name });

  /** Opens a file of the folder by its path, and waits for its text. */
  async function openFile(file) {
    const name = path.posix.basename(file);
    await page.keyboard.press('Control+P');
    await input.fill(file);
    await rows.filter({ hasText: name }).first().waitFor();
    await input.press('Enter');
    await tab(name).first().waitFor();
    await page.locator('.editor-instance .view-line').first().waitFor();
  }

  /** Runs a command by its title, as `Causal: Show Graph`. */
  async function palette(title) {
    await page.keyboard.press('F1');
    await input.fill(`>${title}`);
    await rows.filter({ hasText: title }).first().click();
  }

  /** Runs a command that opens a list, types `text` and takes the row that starts with it. */
  async function pick(title, text) {
    await palette(title);
    const wanted = rows.filter({ hasText: startingWith(text) }).first();
    // The list of commands gives way to the list to pick from, in the same place.
    const look = async () => {
      await input.fill(text);
      return (await input.isVisible()) && (await wanted.count()) > 0;
    };
    await eventually(look, `"${text}" among what "${title}" offers`);
    await wanted.click();
  }

  return { openFile, palette, pick };
}

/** What is around the text: the Problems panel, webviews, notifications, the status bar. */
function surroundings(page) {
  /** Opens the Problems panel and returns the texts of its rows, once there are any. */
  async function problems() {
    const panel = page.locator('.markers-panel-container');
    if (!(await panel.isVisible())) await page.keyboard.press('Control+Shift+M');
    const rows = panel.locator('.monaco-list-row');
    await rows.first().waitFor();
    return (await rows.allInnerTexts()).map(plain);
  }

  /** The content of the webview that is on the screen, as a frame to look for elements in. */
  function webview() {
    return page.frameLocator('iframe.webview.ready').last().frameLocator('iframe#active-frame');
  }

  /** The notification, if any, that holds `text`. */
  const notification = (text) =>
    page.locator('.notifications-toasts .notification-list-item').filter({ hasText: text });

  /** The text of the status bar. */
  const statusBar = async () => (await page.locator('.part.statusbar').allInnerTexts()).map(plain).join();

  return { problems, webview, notification, statusBar };
}

/** Settings and themes, changed while the window is open. */
function appearance(page, server, { palette, pick }) {
  /**
   * Changes the user settings: `settings` over those that keep the workbench quiet. This VS Code does not follow a change of
   * the file from outside, but reads all of it when it is saved in the window.
   */
  async function setSettings(settings) {
    writeSettings(server.user, settings);
    await palette('Preferences: Open User Settings (JSON)');
    const tab = (state) => page.locator(`.tab.active${state}`).filter({ hasText: 'settings.json' });
    await tab('').waitFor();
    await page.locator('.editor-group-container.active .monaco-editor.focused').waitFor();
    await page.keyboard.press('Control+End');
    await page.keyboard.insertText(' ');
    await tab('.dirty').waitFor();
    await page.keyboard.press('Control+S');
    await tab(':not(.dirty)').waitFor();
    await palette('View: Close Editor');
    await tab('').waitFor({ state: 'detached' });
  }

  /** Changes the colour theme (one of `themes`) and waits until the workbench wears it. */
  async function setTheme(theme) {
    const { label, className } = themes.get(theme);
    const worn = page.locator(`.monaco-workbench.${className}`);
    if (await worn.isVisible()) return;
    await pick('Preferences: Color Theme', label);
    await worn.waitFor();
  }

  return { setSettings, setTheme };
}

/**
 * Opens VS Code on a folder in a Playwright page and returns the means to use it. `server` is what `startCodeServer` returned;
 * `pictures` the folder for screenshots. Every function waits for what it asks for, 20 s at most, and rejects where it does
 * not come.
 */
export async function openWorkbench({ page, server, folder, pictures }) {
  page.setDefaultTimeout(STEP_MS);
  await page.goto(server.addressOf(folder), { timeout: START_MS });
  const firstFile = page.locator('.monaco-workbench .explorer-folders-view .monaco-list-row').first();
  await firstFile.waitFor({ timeout: START_MS });

  /** Takes a picture of the window, or of an element, as `NAME.png` among the artifacts. Returns the file's path. */
  async function screenshot(name, of = page) {
    fs.mkdirSync(pictures, { recursive: true });
    const file = path.join(pictures, `${name}.png`);
    await of.screenshot({ path: file, animations: 'disabled' });
    return file;
  }

  const commands = quickInput(page);
  const looks = appearance(page, server, commands);
  return { page, ...editorText(page), ...commands, ...surroundings(page), ...looks, screenshot };
}
