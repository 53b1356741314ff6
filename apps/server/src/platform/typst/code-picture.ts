import QRCode from 'qrcode';

/**
 * A QR code as SVG, with a stroke for each dark run of a row. Strokes and not areas, because programs that show pages set the edges of
 * strokes on whole pixels, so that the code can be read on a screen too. `mask` is one of eight, 0 to 7; without it all are weighed.
 */
export function codePicture(text: string, mask?: 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7): string {
    const { modules } = QRCode.create(text, { errorCorrectionLevel: 'M', ...(mask === undefined ? {} : { maskPattern: mask }) });
    const { size } = modules;
    let path = '';
    for (let y = 0; y < size; y++) {
        let run = 0;
        // One beyond the row closes its last run.
        for (let x = 0; x <= size; x++) {
            if (x < size && modules.get(y, x)) run++;
            else if (run > 0) {
                path += `M${x - run} ${y}h${run}`;
                run = 0;
            }
        }
    }
    return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 -.5 ${size} ${size}"><path stroke="#000" d="${path}"/></svg>`;
}
