import { useLayoutEffect, useRef, type PropsWithChildren } from 'hono/jsx/dom';

import { update } from '../state.ts';

type DialogProps = PropsWithChildren<{
  readonly title: string;
  readonly isWide?: boolean;
  /** Whether Escape closes it. */
  readonly mayClose?: boolean;
}>;

/** A dialog over the page. The browser keeps the focus in it, and gives it back. */
export function Dialog({ title, isWide = false, mayClose = true, children }: DialogProps) {
  const dialog = useRef<HTMLDialogElement | null>(null);
  useLayoutEffect(() => {
    const { current } = dialog;
    const before = document.activeElement;
    current?.showModal();
    return () => {
      current?.close();
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  return (
    <dialog
      ref={dialog}
      class={isWide ? 'wide' : ''}
      aria-labelledby="dialog-title"
      onCancel={(event: Event) => {
        event.preventDefault();
        if (mayClose) closeDialog();
      }}
    >
      <h2 id="dialog-title">{title}</h2>
      {children}
    </dialog>
  );
}

export function closeDialog(): void {
  update({ dialog: undefined });
}
