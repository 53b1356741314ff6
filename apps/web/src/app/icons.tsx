/** Drawn here, so that no icon font or package is needed; 16 px grid, the colour of the text. */
const PATHS = {
    menu: 'M2 4h12M2 8h12M2 12h12',
    tasks: 'M8 2v8M4.5 6.5 8 10l3.5-3.5M2.5 13.5h11',
    down: 'M4 6l4 4 4-4',
    calendar: 'M2.5 3.5h11v10h-11zM2.5 6.5h11M5.5 2v3M10.5 2v3',
    play: 'M5 3.2v9.6l7.6-4.8z',
    reverse: 'M11 3.2v9.6L3.4 8z',
    pause: 'M5 3v10M11 3v10',
    large: 'M9.5 2.5h4v4M6.5 13.5h-4v-4M13.5 2.5l-5 5M2.5 13.5l5-5',
    close: 'M4 4l8 8M12 4l-8 8',
    back: 'M11 3.5 5.5 8l5.5 4.5M4 3.5v9',
    sound: 'M2.5 6v4h2.4L8.5 13V3L4.9 6zM11 5.8a3 3 0 0 1 0 4.4M12.8 3.8a6 6 0 0 1 0 8.4',
    silent: 'M2.5 6v4h2.4L8.5 13V3L4.9 6zM11 6l3.5 4M14.5 6 11 10',
    forward: 'M5 3.5 10.5 8 5 12.5M12 3.5v9',
} as const;

export const Icon = ({ name, size = 16 }: { name: keyof typeof PATHS; size?: number }) => (
    <svg width={size} height={size} viewBox="0 0 16 16" aria-hidden="true" focusable="false">
        <path
            d={PATHS[name]}
            fill={name === 'play' || name === 'reverse' ? 'currentColor' : 'none'}
            stroke="currentColor"
            strokeWidth="1.6"
            strokeLinecap="round"
            strokeLinejoin="round"
        />
    </svg>
);
