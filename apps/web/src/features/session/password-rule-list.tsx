import { fill } from '@liuhen/contract';
import { useText } from '../../app/language.tsx';
import { RULES, type RuleState } from './password-rules.ts';

export function PasswordRuleList({ states }: { states: readonly RuleState[] }) {
    const text = useText();
    const words = {
        length: fill(text.session.ruleLength, { least: RULES.shortest }),
        classes: fill(text.session.ruleClasses, { long: RULES.longWithout }),
        login: text.session.ruleLogin,
        common: text.session.ruleCommon,
        reused: text.session.ruleReused,
    };
    return (
        <ul className="rules" aria-label={text.session.rules}>
            {states.map(({ rule, met }) => (
                <li key={rule} className={met ? 'met' : ''}>
                    {words[rule]}
                </li>
            ))}
        </ul>
    );
}
