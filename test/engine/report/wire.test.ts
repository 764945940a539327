import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromWire, toWire } from '../../../engine/report/wire.ts';
import { estimate } from '../../views/reports.ts';

function sent(data: unknown): unknown {
  return fromWire(JSON.parse(JSON.stringify(toWire(data))));
}

test('an interval without an end arrives as one', () => {
  const open = estimate({ ci: [Number.NEGATIVE_INFINITY, 1.2], se: Number.NaN });
  expect(sent(open)).toEqual(open);
});

test('any plain data arrive as they were', () => {
  const numbers = fc.double().filter((value) => !Object.is(value, -0));
  const leaf = fc.oneof(numbers, fc.string(), fc.boolean(), fc.constant(null));
  const { tree } = fc.letrec((tie) => ({
    tree: fc.oneof(
      leaf,
      fc.array(tie('tree'), { maxLength: 4 }),
      fc.dictionary(fc.string(), tie('tree'), { maxKeys: 4 }),
    ),
  }));
  fc.assert(
    fc.property(tree, (data) => {
      expect(sent(data)).toEqual(data);
    }),
  );
});
