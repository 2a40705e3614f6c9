import { sendCommand } from './api.ts';
import { element } from './dom.ts';
import { refusalInWords } from './refusal.ts';
import { addressOf } from './seat.ts';

/**
 * The form by which a game is started. It then goes to the game.
 *
 * @param chooseId says which id the game will have, each time that the form is sent
 */
export function startForm(chooseId: () => string): HTMLFormElement {
  const [one, two] = [nameInput('one'), nameInput('two')];
  const refusal = element('p', { role: 'alert', class: 'refusal' });
  const submit = element('button', { type: 'submit' }, 'Start the game');
  const form = element(
    'form',
    { class: 'start' },
    element('label', {}, 'Player one (yellow, begins)', one),
    element('label', {}, 'Player two (red)', two),
    submit,
    refusal,
  );
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    submit.disabled = true;
    refusal.replaceChildren();
    const gameId = chooseId();
    const data = { playerOne: one.value.trim(), playerTwo: two.value.trim() };
    for (const { name, value } of [one, two]) localStorage.setItem(keyOf(name), value);
    sendCommand(gameId, null, { type: 'StartGame', data })
      .then(() => {
        location.assign(addressOf(gameId, 'both'));
      })
      .catch((error: unknown) => {
        submit.disabled = false;
        refusal.replaceChildren(...refusalInWords(error));
      });
  });
  return form;
}

/** A field for a name. It begins with the one that was typed last, because people play more than once. */
function nameInput(name: string): HTMLInputElement {
  const value = localStorage.getItem(keyOf(name)) ?? '';
  return element('input', { name, value, required: true, maxlength: 40, autocomplete: 'off' });
}

function keyOf(name: string): string {
  return `name of player ${name}`;
}
