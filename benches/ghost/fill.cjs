// Fills Ghost's database with the articles of a file, one JSON object a line: slug, title, summary, html, at (seconds).
//   node fill.cjs DATABASE ARTICLES NODE_MODULES
const { readFileSync } = require('node:fs');
const { randomUUID, randomBytes } = require('node:crypto');
const { join } = require('node:path');

const [, , database, articles, modules] = process.argv;
const knex = require(join(modules, 'knex'))({
    client: 'sqlite3', connection: { filename: database }, useNullAsDefault: true,
});
const id = () => randomBytes(12).toString('hex');
const when = seconds => new Date(seconds * 1000).toISOString().replace('T', ' ').slice(0, 19);

(async () => {
    const [author] = await knex('users').select('id').limit(1);
    const tag = { id: id(), name: 'Tin tức', slug: 'tin', visibility: 'public', created_at: when(0), created_by: author.id };
    await knex('tags').insert(tag);
    await knex('posts').del();
    let last = null;
    for (const line of readFileSync(articles, 'utf8').split('\n').filter(it => it)) {
        const it = JSON.parse(line);
        const post = {
            id: id(), uuid: randomUUID(), title: it.title, slug: it.slug, html: it.html, plaintext: it.summary,
            custom_excerpt: it.summary.slice(0, 300), comment_id: id(), status: 'published', type: 'post', visibility: 'public',
            email_recipient_filter: 'none', created_at: when(it.at), created_by: author.id, updated_at: when(it.at),
            published_at: when(it.at), published_by: author.id,
        };
        await knex('posts').insert(post);
        await knex('posts_tags').insert({ id: id(), post_id: post.id, tag_id: tag.id, sort_order: 0 });
        await knex('posts_authors').insert({ id: id(), post_id: post.id, author_id: author.id, sort_order: 0 });
        last = it.slug;
    }
    const [{ n }] = await knex('posts').count({ n: '*' });
    console.log(JSON.stringify({ articles: n, article: `/${last}/` }));
    await knex.destroy();
})().catch(err => { console.error(err); process.exit(1); });
