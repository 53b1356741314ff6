import { Button } from 'antd';
import { useRef, useState } from 'react';
import { useText } from './language.tsx';

/** Copies a value; without clipboard access (a page without TLS) the text is selected instead, ready for Ctrl+C. */
export function CopyButton({ value, label }: { value: string; label?: string }) {
    const text = useText();
    const [copied, setCopied] = useState(false);
    const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
    const copy = async () => {
        try {
            await navigator.clipboard.writeText(value);
        } catch {
            copyBySelection(value);
        }
        setCopied(true);
        clearTimeout(timer.current);
        timer.current = setTimeout(() => setCopied(false), 2_000);
    };
    return (
        <Button
            size="small"
            onClick={() => void copy()}
            aria-label={`${text.common.copy}${label === undefined ? '' : ` ${label}`}`}
        >
            {copied ? text.common.copied : text.common.copy}
        </Button>
    );
}

function copyBySelection(value: string): void {
    const area = document.createElement('textarea');
    area.value = value;
    area.style.position = 'fixed';
    area.style.opacity = '0';
    document.body.append(area);
    area.select();
    document.execCommand('copy');
    area.remove();
}

/** A digest or other long value, whole and with its copy button. */
export const Hash = ({ value, label }: { value: string; label: string }) => (
    <span className="hash">
        <code>{value}</code>
        <CopyButton value={value} label={label} />
    </span>
);
