import type { ThemeConfig } from 'antd';
import type { Texts } from '../text/index.ts';

export const FONT = '"Noto Sans CJK SC","Noto Sans SC","PingFang SC","Microsoft YaHei",system-ui,sans-serif';

/** Design tokens: the same colours stand as custom properties in styles.css for what is not an antd component. */
export const theme: ThemeConfig = {
    token: {
        colorPrimary: '#0f5fa6',
        colorLink: '#0f5fa6',
        colorText: '#16202b',
        colorTextSecondary: '#5a6775',
        colorTextTertiary: '#66727f',
        colorTextPlaceholder: '#66727f',
        colorSuccess: '#1a7f4b',
        colorWarning: '#b25e09',
        colorError: '#b42318',
        colorBorder: '#c3cdd7',
        colorBorderSecondary: '#e3e8ed',
        colorBgLayout: '#f5f7f9',
        borderRadius: 6,
        borderRadiusLG: 10,
        fontSize: 14,
        fontFamily: FONT,
        motionDurationMid: '0.12s',
        motionDurationSlow: '0.16s',
        boxShadow: 'none',
        controlOutline: 'rgba(15,95,166,0.28)',
    },
    components: {
        Button: { borderRadiusLG: 6, primaryShadow: 'none', defaultShadow: 'none', dangerShadow: 'none' },
        Input: { borderRadiusLG: 6 },
        Select: { borderRadiusLG: 6 },
        Form: { itemMarginBottom: 16, verticalLabelPadding: '0 0 4px' },
    },
};

/** The few words that antd says itself. */
export const antdWords = (text: Texts, language: string) => ({
    locale: language.toLowerCase(),
    Modal: { okText: text.common.save, cancelText: text.common.cancel, justOkText: text.common.close },
    Empty: { description: text.common.noMatch },
    global: { placeholder: text.common.choose, close: text.common.close },
});
