import { bodyOf, emptySession, gapsOf } from './session-form.js';

const filled = {
  ...emptySession('branch-2'),
  title: ' 主题党日 ',
  plannedStartAt: 1,
  plannedEndAt: 2,
  items: [{ type: 'party-day' as const, title: '学报告', topics: '第一部分\n\n 第二部分 ', minutes: 90 }],
};

describe('the form of a session', () => {
  it('names what is missing', () => {
    expect(gapsOf(emptySession(null))).toEqual(['title', 'ownerUnitId', 'plannedStartAt', 'plannedEndAt', 'items']);
    expect(gapsOf(filled)).toEqual([]);
  });

  it('invites the organising unit with everyone below unless others are named', () => {
    expect(bodyOf(filled).audience).toEqual({ unitIds: ['branch-2'], reach: 'subtree', memberIds: [] });
  });

  it('reads one piece of reading a line', () => {
    expect(bodyOf(filled).items[0]?.topics).toEqual(['第一部分', '第二部分']);
  });

  it('keeps a speaker from outside by name, unit and post', () => {
    const form = {
      ...filled,
      speaker: { memberId: null, name: '张教授 ' },
      speakerPost: '教授',
      speakerOrganisation: '党校',
    };
    expect(bodyOf(form).people.speaker).toEqual({ memberId: null, name: '张教授', organisation: '党校', post: '教授' });
  });
});
