/** The model view in a real VS Code: how it is opened, and what is found in it. */

/** Opens a spec and its graph, waits until the graph is laid out, and returns the frame of the view. */
export async function openGraph(workbench, spec = 'music/music.causal') {
  await workbench.openFile(spec);
  await workbench.codeLens('Estimate').first().waitFor();
  await workbench.palette('Causal: Show Graph');
  return graphOf(workbench);
}

/** The frame of the view that is on the screen, once its graph of seven variables, as all of examples/music are, is laid out. */
export async function graphOf(workbench) {
  const view = workbench.webview();
  await view.getByRole('application', { name: /Causal graph of 7 variables/ }).waitFor();
  await view.locator('.canvas[aria-busy="false"]').waitFor();
  return view;
}

/** A variable in the picture. */
export const node = (view, name) =>
  view.locator(`.node[aria-label^="${name},"], .node[aria-label="${name}"]`);

/** Lines of the text. */
export const line = (workbench, text) => workbench.page.locator('.view-line').filter({ hasText: text });
