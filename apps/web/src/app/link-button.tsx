import { createLink } from '@tanstack/react-router';
import { Button } from 'antd';

/** A link to another page that looks like the next step; opens in a new tab like every link. */
export const LinkButton = createLink(Button);
