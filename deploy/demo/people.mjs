// SPDX-License-Identifier: Apache-2.0
// The two people of the demo. There are no passwords: whoever opens the provider's page chooses who to be.
export const people = [
  {
    login: 'alice',
    name: 'Alice Liddell',
    given_name: 'Alice',
    family_name: 'Liddell',
    email: 'alice@example.com',
    email_verified: true,
    locale: 'en',
    groups: ['admins', 'staff'],
  },
  {
    login: 'taro',
    name: '山田太郎',
    given_name: '太郎',
    family_name: '山田',
    email: 'taro@example.jp',
    email_verified: true,
    locale: 'ja',
    groups: ['staff'],
  },
];

// What the provider says of a person; undefined for a login that nobody has.
export function claimsOf(login) {
  const person = people.find((one) => one.login === login);
  if (!person) return undefined;
  const { login: preferred_username, ...claims } = person;
  return { sub: login, preferred_username, ...claims };
}
