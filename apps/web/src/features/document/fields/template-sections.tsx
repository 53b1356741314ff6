import { type DocumentType, hasInterval, type Template, type TemplateField, type TemplateSection } from '@liuhen/domain';
import type { ReactNode } from 'react';

type Props = { template: Template; type: DocumentType; children: (field: TemplateField) => ReactNode };

/** The sections of a form in printed order: headings, what is printed between the fields, and the fields. */
export const TemplateSections = ({ template, type, children }: Props) =>
    template.sections.map((section, at) => (
        <section
            // biome-ignore lint/suspicious/noArrayIndexKey: the sections of a template never move
            key={at}
            className="doc-section"
            {...(section.heading === undefined ? {} : { 'aria-label': section.heading })}
        >
            {section.heading !== undefined && section.heading !== section.fields[0]?.label && (
                <h3 lang="zh-CN">{section.heading}</h3>
            )}
            <Printed words={section.before} section={section} />
            {section.fields.filter((field) => !isStatedTime(field.key, type)).map(children)}
            <Printed words={section.after} section={section} />
        </section>
    ));

/** Start and end are facts of the document itself, asked for once and above the form. */
export const isStatedTime = (key: string, type: DocumentType): boolean => hasInterval(type) && (key === 'start' || key === 'end');

function Printed({ words, section }: { words: string | undefined; section: TemplateSection }) {
    if (words === undefined) return null;
    return (
        <p className="printed" lang="zh-CN">
            {words.replace(/\{(\w+)\}/g, (_, key: string) => `〔${nameOf(key, section)}〕`)}
        </p>
    );
}

/** What is printed there, by its name: the words themselves stand in the field below. */
const nameOf = (key: string, { fields }: TemplateSection): string =>
    fields.find((each) => each.key === key)?.label ?? FIXED_NAMES[key] ?? key;
const FIXED_NAMES: Readonly<Record<string, string>> = { agency: '机关名称', party: '当事人' };
