import { useEffect, useState } from 'react';

/** Gives the focus back to whatever opened a dialogue once the dialogue is gone, so that keyboards go on where they were. */
export function useReturnFocus(): void {
    const [before] = useState(() => document.activeElement);
    useEffect(
        () => () => {
            setTimeout(() => {
                if (document.activeElement === document.body && before instanceof HTMLElement) before.focus();
            });
        },
        [before],
    );
}
