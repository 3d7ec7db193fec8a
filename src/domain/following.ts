// What a member wants to hear of something. Of a topic: every reply, answers to the member, or nothing. Of a tag, section,
// site, member or word: new topics, or nothing (then what has it is left out of the member's lists as well).
export const FOLLOW_LEVELS = ['all', 'replies', 'nothing'] as const;
export type FollowLevel = (typeof FOLLOW_LEVELS)[number];
