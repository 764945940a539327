import { posix, win32 } from 'node:path';
import { expect, it } from 'vitest';
import { dataReference, dataStatement } from '../../client/dataReference.ts';
import { analyse } from '../../server/analysis/analyse.ts';

it.each([
  ['/home/a/study', '/home/a/study/d.csv', 'd.csv'],
  ['/home/a/study/specs', '/home/a/study/data/d.csv', '../data/d.csv'],
  ['/home/a', '/mnt/shared/d.csv', '/mnt/shared/d.csv'],
  ['/', '/d.csv', 'd.csv'],
  [null, '/home/a/d.csv', '/home/a/d.csv'],
  ['/home/a', '/home/a/back\\slash.csv', 'back\\slash.csv'],
])('a spec in %s names %s as %s', (folder, path, reference) => {
  expect(dataReference(folder, path, posix)).toBe(reference);
});

it.each([
  ['C:\\study', 'C:\\study\\data\\d.csv', 'data/d.csv'],
  ['C:\\study\\specs', 'C:\\study\\d.csv', '../d.csv'],
  ['c:\\study', 'C:\\study\\d.csv', 'd.csv'],
  ['C:\\study', 'D:\\d.csv', 'D:/d.csv'],
  [null, 'C:\\d.csv', 'C:/d.csv'],
])('on Windows a spec in %s names %s as %s', (folder, path, reference) => {
  expect(dataReference(folder, path, win32)).toBe(reference);
});

it.each(['d.csv', '../my data/d.csv', 'the "best".csv', 'back\\slash.csv', 'tab\t.csv'])(
  'the statement for %s names that file',
  (path) => {
    const { data, diagnostics } = analyse(`${dataStatement(path)}\n\nvariable x\n`);
    expect(data.path).toBe(path);
    expect(diagnostics.filter(({ code }) => code === 'syntax')).toEqual([]);
  },
);
