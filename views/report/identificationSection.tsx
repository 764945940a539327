import type { JSX } from 'preact';
import { Prose } from '../prose.tsx';
import { printable } from '../text.ts';
import type { ReportPage } from './reportPage.ts';

/** What the graph says of the effect: the verdict, the ways to it, and what each variable is for it. */
export function IdentificationSection({ page }: { readonly page: ReportPage }): JSX.Element {
  return (
    <>
      <p class="headline">
        <Prose text={page.verdict.headline} />
      </p>
      {page.verdict.details.map((detail) => (
        <p key={detail}>
          <Prose text={detail} />
        </p>
      ))}
      {page.ways.length === 0 ? null : (
        <dl>
          {page.ways.map(({ name, text }) => (
            <>
              <dt>{name}</dt>
              <dd>{printable(text)}</dd>
            </>
          ))}
        </dl>
      )}
      {page.roles.length === 0 ? null : <Roles roles={page.roles} />}
    </>
  );
}

function Roles({ roles }: { readonly roles: ReportPage['roles'] }): JSX.Element {
  return (
    <div class="scroll">
      <table class="plain">
        <caption>What each variable is for the effect</caption>
        <thead>
          <tr>
            <th scope="col">Variable</th>
            <th scope="col">Role</th>
            <th scope="col">Why</th>
          </tr>
        </thead>
        <tbody>
          {roles.map(({ name, role, description, note }) => (
            <tr key={name}>
              <th scope="row">
                <bdi>{printable(name)}</bdi>
                {note === '' ? null : <div class="quiet">{printable(note)}</div>}
              </th>
              <td>{role}</td>
              <td>
                <Prose text={description} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
