import { asked, type Connection } from './connection.js';
import { attachControls } from './controls.js';
import { attachKeyboard } from './keyboard.js';
import { attachLive } from './live.js';
import { Pieces } from './pieces.js';
import { attachSearch } from './search.js';
import { attachSelection } from './selection.js';
import { attachSideways } from './sideways.js';

const page = document.getElementById('page')!;

/** The page's contents take the token that is in its address. */
async function open(): Promise<void> {
  const token = new URLSearchParams(location.hash.slice(1)).get('t');
  if (token === null) return explain('This page needs the token that “edge-mesh up” printed: open the address that ends with #t=…');
  explain('Laying out the graph …');
  const connection: Connection = { token };
  const answer = await asked(connection, '/view');
  if (answer === undefined) return explain('The twin does not answer: it was stopped.');
  if (!answer.ok)
    return explain(
      'The token in this address is not this twin’s: each start has its own. Open the address that “edge-mesh up” printed last.',
    );
  page.innerHTML = await answer.text();
  document.title = page.querySelector('h1')?.textContent ?? 'twin';
  const pieces = new Pieces(page, connection);
  const selection = attachSelection(page, pieces);
  attachSideways(page);
  attachSearch(page, selection);
  attachKeyboard(page, selection);
  const refresh = attachLive(page, connection, pieces);
  attachControls(page, connection, refresh);
}

function explain(text: string): void {
  const message = document.createElement('p');
  message.className = 'alone';
  message.textContent = text;
  page.replaceChildren(message);
}

void open();
// Another token in the same tab is another page.
let token = new URLSearchParams(location.hash.slice(1)).get('t');
addEventListener('hashchange', () => {
  const now = new URLSearchParams(location.hash.slice(1)).get('t');
  if (now === token || now === null) return;
  token = now;
  location.reload();
});
