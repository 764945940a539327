/** The editor's default themes, as far as the page looks at them. */

import { COLORS, type ThemeKind } from '../../views/palette.ts';

interface Theme {
  readonly bodyClasses: string;
  readonly colors: Readonly<Record<string, string>>;
}

export const THEMES: Readonly<Record<ThemeKind, Theme>> = {
  dark: {
    bodyClasses: 'vscode-dark',
    colors: {
      'editor-background': '#1f1f1f',
      'editor-foreground': '#cccccc',
      foreground: '#cccccc',
      descriptionForeground: '#9d9d9d',
      focusBorder: '#0078d4',
      'button-background': '#0078d4',
      'button-foreground': '#ffffff',
      'button-hoverBackground': '#026ec1',
      'button-border': '#ffffff12',
      'button-secondaryBackground': '#313131',
      'button-secondaryForeground': '#cccccc',
      'button-secondaryHoverBackground': '#3c3c3c',
      'editorWidget-background': '#202020',
      'editorWidget-foreground': '#cccccc',
      'widget-shadow': '#0000005c',
      'textLink-foreground': '#4daafc',
      'textCodeBlock-background': '#2b2b2b',
      'progressBar-background': '#0078d4',
      'toolbar-hoverBackground': '#5a5d5e50',
    },
  },
  light: {
    bodyClasses: 'vscode-light',
    colors: {
      'editor-background': '#ffffff',
      'editor-foreground': '#3b3b3b',
      foreground: '#3b3b3b',
      descriptionForeground: '#3b3b3b',
      focusBorder: '#005fb8',
      'button-background': '#005fb8',
      'button-foreground': '#ffffff',
      'button-hoverBackground': '#0258a8',
      'button-border': '#0000001a',
      'button-secondaryBackground': '#e5e5e5',
      'button-secondaryForeground': '#3b3b3b',
      'button-secondaryHoverBackground': '#cccccc',
      'editorWidget-background': '#f8f8f8',
      'editorWidget-foreground': '#3b3b3b',
      'widget-shadow': '#00000029',
      'textLink-foreground': '#005fb8',
      'textCodeBlock-background': '#f8f8f8',
      'progressBar-background': '#005fb8',
      'toolbar-hoverBackground': '#b8b8b850',
    },
  },
  hcDark: {
    bodyClasses: 'vscode-high-contrast',
    colors: {
      'editor-background': '#000000',
      'editor-foreground': '#ffffff',
      foreground: '#ffffff',
      descriptionForeground: '#ffffffb3',
      focusBorder: '#f38518',
      contrastBorder: '#6fc3df',
      contrastActiveBorder: '#f38518',
      'button-foreground': '#ffffff',
      'button-border': '#6fc3df',
      'button-secondaryForeground': '#ffffff',
      'editorWidget-background': '#0c141f',
      'editorWidget-foreground': '#ffffff',
      'textLink-foreground': '#21a6ff',
      'textCodeBlock-background': '#000000',
      'progressBar-background': '#6fc3df',
    },
  },
  hcLight: {
    bodyClasses: 'vscode-high-contrast-light vscode-high-contrast',
    colors: {
      'editor-background': '#ffffff',
      'editor-foreground': '#292929',
      foreground: '#292929',
      descriptionForeground: '#292929b3',
      focusBorder: '#006bbd',
      contrastBorder: '#0f4a85',
      contrastActiveBorder: '#006bbd',
      'button-background': '#0f4a85',
      'button-foreground': '#ffffff',
      'button-hoverBackground': '#0f4a85',
      'button-border': '#0f4a85',
      'button-secondaryBackground': '#ffffff',
      'button-secondaryForeground': '#292929',
      'button-secondaryHoverBackground': '#ffffff',
      'editorWidget-background': '#ffffff',
      'editorWidget-foreground': '#292929',
      'textLink-foreground': '#0f4a85',
      'textCodeBlock-background': '#f2f2f2',
      'progressBar-background': '#006bbd',
    },
  },
};

/** Where the page finds the letters that are the same on every machine, by the file in the package that they come from. */
export const LETTERS: readonly (readonly [address: string, file: string])[] = [
  ['/sans.ttf', 'DejaVuSansCondensed.ttf'],
  ['/sans-bold.ttf', 'DejaVuSansCondensed-Bold.ttf'],
  ['/mono.ttf', 'DejaVuSansMono.ttf'],
];

/** A style by which the page is written in those letters. */
export function lettersStyle(): string {
  const [sans, bold, mono] = LETTERS.map(([address]) => `src:url(${address})`);
  return `@font-face{font-family:Sans;${sans}}@font-face{font-family:Sans;font-weight:600 900;${bold}}@font-face{font-family:Mono;${mono}}
:root{--vscode-font-family:Sans;--vscode-editor-font-family:Mono;}`;
}

/** The variables that the editor would set on the page, the contributed colours among them. */
export function themeStyle(kind: ThemeKind): string {
  const theme = Object.entries(THEMES[kind].colors).map(([name, value]) => `--vscode-${name}:${value};`);
  const contributed = COLORS.map(({ token, defaults }) => `--vscode-causal-${token}:${defaults[kind]};`);
  const fonts = `--vscode-font-family:system-ui,"Ubuntu","Droid Sans",sans-serif;--vscode-font-size:13px;--vscode-editor-font-family:monospace;`;
  return `:root{${theme.join('')}${contributed.join('')}${fonts}}`;
}
