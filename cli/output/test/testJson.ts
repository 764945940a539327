import { count, lineOf, type TestedFile } from './testedFile.ts';

/** `causal test --format json`: a contract, see docs/json.md. */
export function testJson(files: readonly TestedFile[]): object {
  return {
    summary: {
      passed: count(files, 'passed'),
      failed: count(files, 'failed'),
      skipped: count(files, 'skipped'),
    },
    files: files.map((file) => ({
      file: file.name,
      tests: file.tests.map((test) => ({
        group: test.group,
        name: test.name,
        status: test.status,
        message: test.message,
        line: lineOf(file, test),
      })),
    })),
  };
}
