import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type DocumentView, FRESH_VIEW, restoredViews, viewOf, withView } from '../../media/viewState.ts';

const VIEW: DocumentView = {
  viewport: { x: 1, y: 2, scale: 0.5 },
  selected: 'age',
  direction: 'down',
  paneOpen: false,
  tab: 'data',
  share: 0.3,
};

test('what is saved comes back, by document', () => {
  const saved = withView(withView(restoredViews(undefined), 'file:///a', VIEW), 'file:///b', FRESH_VIEW);
  const back = restoredViews(JSON.parse(JSON.stringify(saved)));
  expect(back).toEqual(saved);
  expect(back.uri).toBe('file:///b');
  expect(viewOf(back, 'file:///a')).toEqual(VIEW);
  expect(viewOf(back, 'file:///unknown')).toEqual(FRESH_VIEW);
});

test('odd names of documents and variables are names', () => {
  const saved = withView(restoredViews(null), '__proto__', { ...VIEW, selected: 'constructor' });
  expect(viewOf(restoredViews(JSON.parse(JSON.stringify(saved))), '__proto__').selected).toBe('constructor');
  expect(viewOf(restoredViews(null), 'toString')).toEqual(FRESH_VIEW);
});

test('the oldest documents are forgotten', () => {
  let views = restoredViews(null);
  for (let i = 0; i < 50; i++) views = withView(views, `file:///${i}`, VIEW);
  expect(views.documents).toHaveLength(20);
  expect(viewOf(views, 'file:///49')).toEqual(VIEW);
  expect(viewOf(views, 'file:///0')).toEqual(FRESH_VIEW);
});

test('what the version before kept is read', () => {
  const { viewport } = VIEW;
  const first = {
    version: 1,
    uri: 'file:///a',
    documents: [['file:///a', { viewport, selected: 'age', estimatesOpen: false }]],
  };
  expect(restoredViews(first)).toEqual({
    version: 2,
    uri: 'file:///a',
    documents: [['file:///a', { viewport, selected: 'age', paneOpen: false, tab: 'estimates', share: null }]],
  });
});

test('a version to come, and anything unsound, counts as nothing', () => {
  expect(restoredViews({ version: 3, uri: 'file:///a', documents: [] }).uri).toBeNull();
  const unsound = {
    version: 1,
    uri: 7,
    documents: [['file:///a', { viewport: { x: 'NaN', y: 0, scale: 1 }, selected: 3, tab: 7, share: 12 }], 5],
  };
  expect(viewOf(restoredViews(unsound), 'file:///a')).toEqual(FRESH_VIEW);
  expect(
    viewOf(restoredViews({ version: 1, documents: [['a', { viewport: { x: 0, y: 0, scale: 0 } }]] }), 'a')
      .viewport,
  ).toBeNull();
  fc.assert(
    fc.property(fc.jsonValue(), (state) => {
      expect(restoredViews(state).version).toBe(2);
      expect(restoredViews({ version: 1, uri: null, documents: state }).version).toBe(2);
    }),
  );
});
