/** Works on the items of a stream, at most `limit` at the same time; the first failure ends it after what is running. */
export async function eachLimited<T>(items: AsyncIterable<T>, limit: number, work: (item: T) => Promise<void>): Promise<void> {
    const running = new Set<Promise<void>>();
    const failures: unknown[] = [];
    for await (const item of items) {
        if (failures.length > 0) break;
        const task: Promise<void> = work(item)
            .catch((error: unknown) => {
                failures.push(error);
            })
            .finally(() => running.delete(task));
        running.add(task);
        if (running.size >= limit) await Promise.race(running);
    }
    await Promise.all(running);
    if (failures.length > 0) throw failures[0];
}
