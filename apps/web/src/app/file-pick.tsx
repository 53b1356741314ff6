import { Button } from 'antd';
import { useRef } from 'react';

type Props = { label: string; accept: string; onFile: (file: File) => Promise<void> | void };

/** A button that asks for one file; the same file can be chosen again. */
export function FilePick({ label, accept, onFile }: Props) {
    const input = useRef<HTMLInputElement>(null);
    return (
        <>
            <Button onClick={() => input.current?.click()}>{label}</Button>
            <input
                ref={input}
                type="file"
                accept={accept}
                aria-label={label}
                hidden
                onChange={({ target }) => {
                    const [file] = target.files ?? [];
                    target.value = '';
                    if (file !== undefined) void onFile(file);
                }}
            />
        </>
    );
}
