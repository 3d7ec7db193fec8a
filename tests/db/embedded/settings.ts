// What tests give up for speed: their data need not survive a power cut. Answered commits still survive a kill -9.
export const fast = { fsync: 'off', full_page_writes: 'off' };
