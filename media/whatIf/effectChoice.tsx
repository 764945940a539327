/** Which of several effects is looked at. */

import type { JSX } from 'preact';
import type { AskedEffect } from '../../engine/report/snapshot.ts';
import { nameList } from '../../engine/wording.ts';
import { isolated, printable } from '../../views/text.ts';
import { aboutEffect, isSame } from './supposition.ts';
import type { WhatIf } from './useWhatIf.ts';

const WHY: Readonly<Record<AskedEffect['asked'], string>> = {
  roles: '',
  pair: ' (one of several)',
  estimate: ' (asked by an estimate)',
  mediator: ' (a step on the way)',
};

function effectText({ treatment, outcome, asked }: AskedEffect): string {
  const listed = (names: readonly string[]): string =>
    nameList(names.map((name) => isolated(printable(name))));
  return `${listed(treatment)} on ${listed(outcome)}${WHY[asked]}`;
}

/** A list to choose from where the spec asks about several effects; nothing where it asks about one. */
export function EffectChoice({ whatIf }: { readonly whatIf: WhatIf }): JSX.Element | null {
  const question = whatIf.graph?.question;
  if (question === undefined || question === null || question.effects.length < 2) return null;
  const chosen = question.effects.findIndex((effect) => isSame(effect, question.effect));
  return (
    <label class="effect-choice">
      Effect of{' '}
      <select
        value={chosen}
        onChange={(event) => {
          const effect = question.effects[Number(event.currentTarget.value)];
          if (effect === undefined) return;
          const { treatment, outcome } = effect;
          whatIf.suppose(aboutEffect(effect.asked === 'roles' ? null : { treatment, outcome }));
        }}
      >
        {question.effects.map((effect, place) => (
          <option key={effectText(effect)} value={place}>
            {effectText(effect)}
          </option>
        ))}
      </select>
    </label>
  );
}
