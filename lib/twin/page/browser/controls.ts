import { asked, type Connection } from './connection.js';

/** Buttons that do something to the twin, and say what they did. */
export function attachControls(page: HTMLElement, connection: Connection, refresh: () => Promise<void>): void {
  const said = page.querySelector<HTMLElement>('[data-said]')!;
  let hide: ReturnType<typeof setTimeout> | undefined;

  const say = (text: string, wrong = false): void => {
    said.textContent = text;
    said.classList.toggle('wrong', wrong);
    said.classList.add('shown');
    clearTimeout(hide);
    hide = setTimeout(() => said.classList.remove('shown'), 12_000);
  };

  const perform = async (control: unknown): Promise<void> => {
    const answering = asked(connection, '/control', control);
    void refresh(); // what takes its time shows that it is under way
    const answer = await answering;
    if (answer === undefined) return say('the twin does not answer', true);
    const { said: done, error } = (await answer.json()) as { said?: string; error?: string };
    say(done ?? error ?? '', error !== undefined);
    await refresh();
  };

  page.addEventListener('click', (event) => {
    const button = (event.target as Element).closest<HTMLButtonElement>('button');
    if (button === null || button.getAttribute('aria-disabled') === 'true') return;
    const control = button.dataset['do'];
    if (control !== undefined) void perform(JSON.parse(control));
    const copy = button.dataset['copy'];
    if (copy !== undefined)
      void navigator.clipboard.writeText(copy).then(
        () => say('copied'),
        () => say('the browser refuses; select the line and copy it', true),
      );
  });

  page.addEventListener('submit', (event) => {
    const form = event.target as HTMLFormElement;
    const service = form.dataset['shift'];
    if (service === undefined) return;
    event.preventDefault();
    const weights = Object.fromEntries([...new FormData(form)].map(([version, weight]) => [version, Number(weight)]));
    void perform({ do: 'shift', service, weights });
  });
}
