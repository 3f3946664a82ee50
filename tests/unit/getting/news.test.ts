import { describe, expect, it } from 'vitest';
import { readFeed } from '../../../engine/football/getting/sources/news/feed.ts';
import { languageOf, scoreText } from '../../../engine/football/getting/sources/news/lexicon.ts';
import { isLocalAddress } from '../../../engine/football/getting/sources/news/model-scorer.ts';
import { parseText, present } from '../../fixtures/getting.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const rss = (items: string) =>
  `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>News</title>${items}</channel></rss>`;

describe('a feed', () => {
  it('is read as RSS, with markup and entities as plain text', () => {
    const items = readFeed(
      bytes(
        rss(`<item><guid isPermaLink="false">a1</guid><title>Saka &amp; Rice &#171;fit&#187;</title>
             <link>https://news.example/a1</link><pubDate>Tue, 21 May 2024 10:00:00 GMT</pubDate>
             <description>&lt;p&gt;Good &lt;b&gt;news&lt;/b&gt;&lt;script&gt;alert(1)&lt;/script&gt;&lt;/p&gt;</description></item>
             <item><title><![CDATA[Only a <i>title</i>]]></title><link>javascript:alert(1)</link></item>`),
      ),
    );
    expect(items).toEqual([
      {
        guid: 'a1',
        address: 'https://news.example/a1',
        publishedAt: Date.UTC(2024, 4, 21, 10),
        title: 'Saka & Rice «fit»',
        text: 'Good news',
      },
      { guid: 'Only a title', address: null, publishedAt: NaN, title: 'Only a title', text: '' },
    ]);
  });

  it('is read as Atom', () => {
    const atom = `<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>tag:1</id><title type="html">A &lt;b&gt;win&lt;/b&gt;</title>
      <link rel="alternate" href="https://news.example/1"/><updated>2024-05-20T08:00:00Z</updated>
      <summary>Three points</summary></entry></feed>`;
    expect(readFeed(bytes(atom))).toEqual([
      {
        guid: 'tag:1',
        address: 'https://news.example/1',
        publishedAt: Date.UTC(2024, 4, 20, 8),
        title: 'A win',
        text: 'Three points',
      },
    ]);
  });

  it('is read in the encoding that it names', () => {
    const head = '<?xml version="1.0" encoding="windows-1251"?><rss><channel><item><title>';
    const title = Uint8Array.of(0xcf, 0xee, 0xe1, 0xe5, 0xe4, 0xe0);
    const whole = new Uint8Array([...bytes(head), ...title, ...bytes('</title></item></channel></rss>')]);
    expect(readFeed(whole)[0]!.title).toBe('Победа');
  });

  it('is refused where it declares entities, so that none can grow or read a file', () => {
    const grows = `<!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>${rss('<item><title>&b;</title></item>')}`;
    expect(() => readFeed(bytes(grows))).toThrow('declares entities');
    const reads = `<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>${rss('')}`;
    expect(() => readFeed(bytes(reads))).toThrow('declares entities');
  });

  it('takes no longer for text that is made to take long', () => {
    const title = (text: string) => readFeed(bytes(rss(`<item><guid>1</guid><title>${text}</title></item>`)));
    expect(title('a&lt;'.repeat(500_000))).toHaveLength(1);
    expect(title('&lt;script'.repeat(300_000))).toEqual([]);
    const deep = '<a>'.repeat(100_000) + '</a>'.repeat(100_000);
    expect(() => title(deep)).toThrow('not well-formed');
  });

  it.each([
    ['<html><body>Sign in</body></html>', 'no RSS or Atom feed'],
    ['<rss><channel><item>', 'not well-formed'],
    ['not xml', 'not well-formed'],
  ])('is refused where it is none: %s', (text, reason) => {
    expect(() => readFeed(bytes(text))).toThrow(reason);
  });
});

describe('the lexicon', () => {
  it('hears good and bad news in both languages', () => {
    expect(scoreText('Superb victory, a triumph for the confident team').sentiment).toBeGreaterThan(0.6);
    expect(scoreText('Dismal defeat deepens the crisis').sentiment).toBeLessThan(-0.6);
    expect(scoreText('Уверенная победа, отличный матч').sentiment).toBeGreaterThan(0.6);
    expect(scoreText('Команда потерпела поражение, это провал').sentiment).toBeLessThan(-0.6);
  });

  it('turns a word round after a negation', () => {
    expect(scoreText('They did not win').sentiment).toBeLessThan(0);
    expect(scoreText('Команда не проиграла').sentiment).toBeGreaterThan(0);
  });

  it('tells a knock from a torn ligament, and a return from both', () => {
    const severity = (text: string) => scoreText(text).injurySeverity;
    expect(severity('The winger took a knock')).toBeLessThan(0.3);
    expect(severity('He suffered a cruciate ligament injury')).toBe(1);
    expect(severity('У защитника разрыв связок')).toBeGreaterThan(0.7);
    expect(severity('The striker has recovered from a knock')).toBe(0);
  });

  it('hears of the manager only where a sentence speaks of one', () => {
    expect(scoreText('The board trusts the manager').managerConfidence).toBeGreaterThan(0.3);
    expect(scoreText('Главный тренер уволен').managerConfidence).toBeLessThan(-0.5);
    expect(scoreText('The striker is under pressure').managerConfidence).toBeNaN();
  });

  it('says nothing of what is not mentioned', () => {
    expect(scoreText('The match begins at eight')).toEqual({
      sentiment: NaN,
      injurySeverity: NaN,
      managerConfidence: NaN,
    });
  });

  it('knows Russian by its letters', () => {
    expect([languageOf('Спартак сыграл с Zenit'), languageOf('Arsenal'), languageOf('')]).toEqual([
      'ru',
      'en',
      'en',
    ]);
  });
});

describe('the address of a model', () => {
  it.each([
    'http://localhost:11434/v1',
    'http://127.0.0.1:8080',
    'http://[::1]:8080/v1',
    'https://192.168.1.7/v1',
    'http://10.0.0.4:1234/v1',
    'http://172.20.0.2/v1',
    'http://[fd00::1]/v1',
    'http://2130706433/v1',
  ])('may be %s', (address) => {
    expect(isLocalAddress(address)).toBe(true);
  });

  it.each([
    'https://api.example.com/v1',
    'http://localhost.example.com/v1',
    'http://8.8.8.8/v1',
    'http://172.32.0.1/v1',
    'http://169.254.169.254/latest',
    'http://[2001:db8::1]/v1',
    'http://[::ffff:8.8.8.8]/v1',
    'http://user:secret@127.0.0.1/v1',
    'file:///etc/passwd',
    'ftp://127.0.0.1/',
    'nonsense',
  ])('may not be %s', (address) => {
    expect(isLocalAddress(address)).toBe(false);
  });
});

describe('the source news', () => {
  const mapping = {
    feeds: [
      {
        championship: 'E0',
        team: 'Arsenal',
        address: 'https://news.example/arsenal',
        mentions: ['Arsenal', 'Saka'],
      },
    ],
  };

  it('knows an item from the instant it is read, whatever day it bears', () => {
    const text = rss(
      `<item><guid>1</guid><title>Saka injured</title><pubDate>Mon, 01 Jan 2024 00:00:00 GMT</pubDate></item>
       <item><guid>2</guid><title>Somebody else</title></item>`,
    );
    const key = 'E0/Arsenal/https://news.example/arsenal';
    const { facts } = parseText(text, { source: 'news', key, mapping });
    expect(facts![0]!.facts).toMatchObject([
      { team: 'Arsenal', guid: '1', knownAt: present, publishedAt: Date.UTC(2024, 0, 1), language: 'en' },
    ]);
  });

  it('refuses addresses that are none of the web', () => {
    const bad = { feeds: [{ ...mapping.feeds[0], address: 'file:///etc/passwd' }] };
    expect(() => parseText(rss(''), { source: 'news', mapping: bad })).toThrow('http or https');
  });
});
