import { USUAL_CATEGORIES } from '@liuhen/domain';
import { Select } from 'antd';
import { useAsk } from '../../app/query.ts';

/** 执法类别 as the organisation has them; antd hands value and onChange to the one control inside a field. */
export function CategoryPick(control: object) {
    const { data } = useAsk('parameter.list', { query: {} });
    const own = data?.items.find((each) => each.key === 'document.numberCategories')?.value;
    const categories = Array.isArray(own) ? own : USUAL_CATEGORIES;
    return <Select {...control} options={categories.map((value) => ({ value, label: value }))} />;
}
