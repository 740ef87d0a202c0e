import { connect } from 'node:net';

/** One keep-alive connection with one request under way; as little work per answer as can be. */
export class Connection {
  constructor(host, port) {
    this.host = host;
    this.port = port;
    this.rest = '';
  }

  static text(method, path, token, body = '') {
    const head = `${method} ${path} HTTP/1.1\r\nhost: bench\r\nauthorization: Bearer ${token}\r\n`;
    const type = body ? `content-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n` : '';
    return `${head}${type}\r\n${body}`;
  }

  open() {
    return new Promise((resolve, reject) => {
      this.socket = connect(this.port, this.host);
      this.socket.setNoDelay(true);
      // Lengths count bytes, and one byte is one character here.
      this.socket.setEncoding('latin1');
      this.socket.once('connect', resolve);
      this.socket.once('error', reject);
      this.socket.on('data', (chunk) => this.read(chunk));
    });
  }

  send(text) {
    return new Promise((resolve) => {
      this.resolve = resolve;
      this.socket.write(text);
    });
  }

  close() {
    this.socket.destroy();
  }

  read(chunk) {
    this.rest += chunk;
    const end = this.rest.indexOf('\r\n\r\n');
    if (end === -1) return;
    const head = this.rest.slice(0, end);
    const found = /content-length: (\d+)/i.exec(head);
    const from = end + 4;
    let body;
    if (found) {
      if (this.rest.length < from + Number(found[1])) return;
      body = this.rest.slice(from);
    } else {
      if (!this.rest.endsWith('0\r\n\r\n')) return;
      body = this.rest.slice(from);
    }
    this.rest = '';
    this.resolve({ status: Number(head.slice(9, 12)), body });
  }
}

export function percentile(values, share) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
