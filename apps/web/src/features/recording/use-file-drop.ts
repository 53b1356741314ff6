import { useEffect, useRef, useState } from 'react';

/** Files dropped anywhere on the page; says whether something is being dragged over it. */
export function useFileDrop(onFiles: ((files: File[]) => void) | undefined): boolean {
    const [dragging, setDragging] = useState(false);
    const latest = useRef(onFiles);
    useEffect(() => {
        latest.current = onFiles;
    });
    useEffect(() => {
        let depth = 0;
        const carriesFiles = (event: DragEvent) =>
            latest.current !== undefined && event.dataTransfer?.types.includes('Files') === true;
        const enter = (event: DragEvent) => {
            if (!carriesFiles(event)) return;
            depth += 1;
            setDragging(true);
        };
        const over = (event: DragEvent) => {
            if (carriesFiles(event)) event.preventDefault();
        };
        const leave = (event: DragEvent) => {
            if (!carriesFiles(event)) return;
            depth = Math.max(0, depth - 1);
            if (depth === 0) setDragging(false);
        };
        const drop = (event: DragEvent) => {
            depth = 0;
            setDragging(false);
            if (!carriesFiles(event)) return;
            event.preventDefault();
            const files = [...(event.dataTransfer?.files ?? [])];
            if (files.length > 0) latest.current?.(files);
        };
        document.addEventListener('dragenter', enter);
        document.addEventListener('dragover', over);
        document.addEventListener('dragleave', leave);
        document.addEventListener('drop', drop);
        return () => {
            document.removeEventListener('dragenter', enter);
            document.removeEventListener('dragover', over);
            document.removeEventListener('dragleave', leave);
            document.removeEventListener('drop', drop);
        };
    }, []);
    return dragging;
}
