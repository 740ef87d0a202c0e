import type { StageNeed, StageSheet } from '@xuekao/contracts';
import { dealt, emptyTeam, faultsOf, pileInputs, teamInput } from './stage-form.js';

const sheet = {
  teams: { least: 2, most: 4 },
  members: { least: 1, most: 2, substitutes: 1 },
} as unknown as StageSheet;
const needs: StageNeed[] = [
  { round: 'required', pile: 0, questions: 2 },
  { round: 'buzzer', pile: 0, questions: 1 },
];
const team = (name: string) => ({ ...emptyTeam(name), players: [`${name}1`] });

describe('the form of a stage contest', () => {
  it('names the first player captain where nobody was named', () => {
    const roles = ({ members }: ReturnType<typeof teamInput>) => members.map(({ role }) => role);
    expect(roles(teamInput({ name: ' 甲 ', players: ['a', 'b'], captain: null, substitutes: ['c'] }))).toEqual([
      'captain',
      'member',
      'substitute',
    ]);
    expect(roles(teamInput({ name: '甲', players: ['a', 'b'], captain: 'b', substitutes: [] }))).toEqual([
      'member',
      'captain',
    ]);
  });

  it('deals the questions of a set out in order, each once', () => {
    expect(dealt(needs, ['q1', 'q2', 'q3', 'q4'])).toEqual({ 'required/0': ['q1', 'q2'], 'buzzer/0': ['q3'] });
    expect(pileInputs(needs, dealt(needs, ['q1']))[1]).toEqual({ round: 'buzzer', pile: 0, versionIds: [] });
  });

  it('tells every fault at its field, and none when all is there', () => {
    const piles = dealt(needs, ['q1', 'q2', 'q3']);
    expect(faultsOf({ title: '赛', unitId: 'u', teams: [team('甲'), team('乙')], piles }, sheet, needs)).toEqual([]);
    const found = faultsOf({ title: ' ', unitId: null, teams: [emptyTeam('')], piles: {} }, sheet, needs);
    expect(found.map(({ at }) => at)).toEqual(['title', 'unitId', 'teams', 'team', 'team', 'pile', 'pile']);
  });
});
