/** Runs tests inside an extension host, and tells extensionHost.mjs outside how each of them ended. */

const MARK = 'causal-host-test ';
const TEST_MS = 30_000;

function limited(body) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`did not end in ${TEST_MS / 1000} s`)), TEST_MS);
  });
  return Promise.race([body(), late]).finally(() => clearTimeout(timer));
}

/** What a file of such tests exports as `run`: `tests` has an async function for each title. A test fails by throwing. */
exports.inHost = (tests) => async () => {
  for (const [title, body] of Object.entries(tests)) {
    let error = null;
    try {
      await limited(body);
    } catch (thrown) {
      error = thrown.stack ?? String(thrown);
    }
    console.log(MARK + JSON.stringify({ title, error }));
  }
};
