import { createLink } from '@tanstack/react-router';
import { Button } from 'antd';
import type { AnchorHTMLAttributes, Ref } from 'react';

type Props = Omit<AnchorHTMLAttributes<HTMLAnchorElement>, 'type' | 'color'> & {
    ref?: Ref<HTMLAnchorElement>;
    /** The one filled button of the page. */
    primary?: boolean;
};

const AnchorButton = ({ primary, ref, ...props }: Props) => (
    <Button
        {...(props as object)}
        ref={ref as Ref<HTMLAnchorElement & HTMLButtonElement>}
        type={primary === true ? 'primary' : 'default'}
    />
);

/** A link to another page that looks like a step; opens in a new tab like every link. */
export const LinkButton = createLink(AnchorButton);
