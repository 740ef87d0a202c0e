import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { EventRelay } from '@xuekao/platform';
import { EntryLinks } from './entry-links.js';
import type { EditionNews } from './entry-links.js';

/** A new edition of the handbook sends the questions of its changed entries to be looked at again. */
@Injectable()
export class EntryWatch implements OnModuleInit {
  constructor(
    private readonly relay: EventRelay,
    private readonly links: EntryLinks,
  ) {}

  onModuleInit(): void {
    this.relay.subscribe({
      name: 'bank.entry-watch',
      types: ['handbook.edition.published'],
      handle: (event) => this.links.editionPublished(event.payload as EditionNews),
    });
  }
}
