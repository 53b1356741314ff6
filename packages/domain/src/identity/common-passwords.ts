/**
 * Words that people here make passwords of, in lower case: what is left of a password when digits and signs at both
 * ends are taken away and the usual replacements are undone. Small on purpose: the length rule carries the weight, the
 * list takes what satisfies the rule and is still the first thing anybody tries.
 */
export const COMMON_WORDS: ReadonlySet<string> = new Set(
    `abc abcd abcde abcdef aaa asd asdf asdfgh asdfghjkl qwe qwer qwert qwerty qwertyuiop qaz qazwsx qazwsxedc zxc zxcv zxcvbn
    zxcvbnm pass passwd password passwort passw mima mimashi wodemima admin administrator root system systemadmin sysadmin
    securityadmin auditadmin audit security manager guest user test testtest demo default changeme welcome login letmein
    master monkey dragon sunshine princess football iloveyou hello helloworld secret server superuser super oracle postgres
    mysql huawei xiaomi tencent alibaba taobao alipay weixin wechat baidu iphone apple google windows microsoft
    woaini woaiwoziji woaini woaiwojia woaizhongguo zhongguo china beijing shanghai pudong huangpu xuhui changning jingan
    putuo hongkou yangpu minhang baoshan jiading jinshan songjiang qingpu fengxian chongming shanghaishi hudi
    weijian weijianwei weisheng weishengju weishengjian weishengjiandu jiandu jianduyuan jiandusuo jiandusuoshanghai zhifa
    zhifajiandu weijiandu liuhen zhifajilu jiluyi gongan zhengfu jiguan bangong
    wangwei liwei zhangwei wangfang liuyang wangjing lina zhangmin zhangli wanglei lijun xiaoming nihao nihaoma qinaide
    baobao baobei laopo laogong mama baba jiayou gongxifacai facai dashabi caonima`
        .split(/\s+/)
        .filter((word) => word !== ''),
);

/** Habits of a whole keyboard or of digits: rows, columns, counting, luck and love. Looked for from either end. */
export const COMMON_RUNS: readonly string[] = [
    '01234567890123456789',
    'abcdefghijklmnopqrstuvwxyz',
    'qwertyuiopasdfghjklzxcvbnm',
    'qazwsxedcrfvtgbyhnujmikolp',
    '1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p',
    'zaq12wsxcde34rfvbgt5',
    '1q2w3e4r5t6y7u8i9o0p',
    'q1w2e3r4t5y6u7i8o9p0',
    '!@#$%^&*()',
];
