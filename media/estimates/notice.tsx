import type { ComponentChildren, JSX } from 'preact';
import { Icon } from '../icons.tsx';

/** A short message above the results. */
export function Notice(props: {
  readonly tone: 'caution' | 'error' | 'plain';
  readonly children: ComponentChildren;
}): JSX.Element {
  return (
    <div class={`notice notice-${props.tone}`}>
      {props.tone === 'plain' ? null : <Icon name="alert" />}
      <div>{props.children}</div>
    </div>
  );
}
