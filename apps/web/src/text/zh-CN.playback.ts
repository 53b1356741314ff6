/** The players: sound, speed, gaps. */
export const playbackZh = {
    playback: {
        corrected: '校正时间',
        hear: '{name} 的声音',
        heard: '有声，按一下静音',
        silent: '静音，按一下有声',
        hearOnly: '只听 {name}',
        solo: '独听',
        soloWhat: '只听这一路；再按一下听全部',
        skipGaps: '跳过没有录像的时段',
        shownNow: '此刻 {all} 路中有 {shown} 路有画面',
        keys: '空格或 K 播放/暂停 · ← → 5 秒 · J L 10 秒 · , . 一帧 · < > 速度',
    },
};
