import { useEffect, useState } from 'react';

const KEY = 'liuhen.volume';

function kept(): number {
    try {
        const read = Number(localStorage.getItem(KEY) ?? '1');
        return read >= 0 && read <= 1 ? read : 1;
    } catch {
        return 1;
    }
}

/** How loud, from 0 to 1, the same at the next visit. */
export function useLoudness(): [number, (to: number) => void] {
    const [loudness, setLoudness] = useState(kept);
    useEffect(() => {
        try {
            localStorage.setItem(KEY, String(loudness));
        } catch {
            // Without storage it is as loud as it was only here.
        }
    }, [loudness]);
    return [loudness, setLoudness];
}
