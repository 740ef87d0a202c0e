import { receive } from '../api/http.js';
import { problemFrom } from '../api/problem.js';
import type { PictureSource } from '../shared/picture-source.js';
import type { RoomEntry, StageEntry } from './live-socket.js';

const tries = 5;

/** Pictures of the question on show. A whole hall asks at once, so who is turned away waits a moment of his own. */
export const roomPictures = (entry: RoomEntry): PictureSource => picturesOf('rooms', entry);
/** The same of a stage, for its own roles. */
export const stagePictures = (entry: StageEntry): PictureSource => picturesOf('stages', entry);

function picturesOf(rooms: 'rooms' | 'stages', entry: RoomEntry | StageEntry): PictureSource {
  const ask = async (id: string): Promise<Blob> => {
    if (entry.role === 'screen') {
      const headers = { 'x-screen-token': entry.token };
      return (await receive(`/live/screen/pictures/${id}`, { anonymous: true, headers })).content;
    }
    const { roomId, role } = entry;
    return (await receive(`/live/${rooms}/${roomId}/pictures/${id}`, { query: { role } })).content;
  };
  return {
    isPatient: true,
    async fetch(id) {
      for (let tried = 1; ; tried++) {
        try {
          return await ask(id);
        } catch (error) {
          const { status } = problemFrom(error);
          if (tried >= tries || status === 403 || status === 404) throw error;
          await new Promise((resolve) => setTimeout(resolve, 500 * tried + Math.random() * 1_000));
        }
      }
    },
  };
}
