import { type Endpoints, fill, type ResponseOf } from '@liuhen/contract';
import { useFormat, useText } from '../../app/language.tsx';
import { Dot } from '../../app/page.tsx';

type Basis = NonNullable<ResponseOf<Endpoints['outcome.get']>['finding']>;

/** That the confirmation on which an outcome rests is not what it was: overtaken by facts, or revised, with who said so and why. */
export function OutcomeBasis({ finding: { standing, revision } }: { finding: Basis }) {
    const text = useText();
    const format = useFormat();
    if (standing === 'confirmed') return null;
    const words =
        revision === null
            ? text.outcome.overtaken
            : fill(text.outcome.revisedWords, {
                  name: revision.by.name,
                  time: format.dateTime(revision.at),
                  why: revision.words,
              });
    return (
        <span className="second">
            <Dot status="act" />
            {words}
        </span>
    );
}
