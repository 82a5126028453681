export interface Texts {
  standIn: string
  testCards: string
  cardPays: string
  cardFailsLater: string
  cardDeclined: string
  cardAsks: string
  cardNoFunds: string
  otherLanguage: string
  yourOrder: string
  subtotal: string
  discount: string
  tax: string
  taxLater: string
  dueToday: string
  thenAfterTrial: (date: string) => string
  perInterval: Record<'day' | 'week' | 'month' | 'year', string>
  quantity: string
  comma: string
  byUse: string
  payWithCard: string
  email: string
  cardNumber: string
  expiry: string
  expiryHint: string
  cvc: string
  nameOnCard: string
  country: string
  chooseCountry: string
  addressLine: string
  city: string
  postalCode: string
  taxIdType: string
  noTaxId: string
  taxId: string
  promotionCode: string
  apply: string
  pay: (amount: string) => string
  subscribe: string
  startTrial: string
  save: string
  cancel: string
  completeTitle: string
  complete: string
  expiredTitle: string
  expired: string
  errorCard: string
  errorExpiry: string
  errorCvc: string
  errorName: string
  errorEmail: string
  errorCountry: string
  errorAddress: string
  errorCode: string
  errorTaxId: string
  declined: string
  noFunds: string
  failedAuthentication: string
  bankTitle: string
  bankText: string
  approve: string
  refuse: string
  portalTitle: string
  portalText: (name: string) => string
  currentCard: string
  cardEnding: (brand: string, last4: string, expiry: string) => string
  noCard: string
  newCard: string
  saveCard: string
  cardSaved: string
  invoices: string
  noInvoices: string
  invoiceNumber: string
  invoiceDate: string
  invoiceStatus: string
  amount: string
  statuses: Record<string, string>
  open: string
  back: string
  invoiceTitle: (number: string) => string
  invoicePaid: string
  invoiceClosed: string
  billedTo: string
  from: string
  payWithSaved: (brand: string, last4: string) => string
  notFoundTitle: string
  notFound: string
}

export const en: Texts = {
  standIn: 'This is a local stand-in for Stripe. No money moves, and real cards are not taken.',
  testCards: 'Test cards',
  cardPays: 'pays',
  cardFailsLater: 'can be saved, fails on later charges',
  cardDeclined: 'is declined',
  cardAsks: 'asks its holder (3-D Secure)',
  cardNoFunds: 'has no funds',
  otherLanguage: 'العربية',
  yourOrder: 'Your order',
  subtotal: 'Subtotal',
  discount: 'Discount',
  tax: 'Tax',
  taxLater: 'Enter your address to see the tax.',
  dueToday: 'Due today',
  thenAfterTrial: (date) => `Free until ${date}, then the price of the plan.`,
  perInterval: { day: 'per day', week: 'per week', month: 'per month', year: 'per year' },
  quantity: 'Quantity',
  comma: ',',
  byUse: 'Charged by use',
  payWithCard: 'Pay with a card',
  email: 'E-mail',
  cardNumber: 'Card number',
  expiry: 'Expiry',
  expiryHint: 'MM / YY',
  cvc: 'Security code',
  nameOnCard: 'Name',
  country: 'Country',
  chooseCountry: 'Choose a country',
  addressLine: 'Address',
  city: 'City',
  postalCode: 'Postal code',
  taxIdType: 'Kind of tax id',
  noTaxId: 'None',
  taxId: 'Tax id',
  promotionCode: 'Promotion code',
  apply: 'Apply',
  pay: (amount) => `Pay ${amount}`,
  subscribe: 'Subscribe',
  startTrial: 'Start trial',
  save: 'Save card',
  cancel: 'Go back',
  completeTitle: 'This is done',
  complete: 'What was asked for here is paid or saved already.',
  expiredTitle: 'This page has expired',
  expired: 'Nothing was charged. Go back and start again.',
  errorCard: 'Enter one of the test cards: other numbers are not taken here.',
  errorExpiry: 'Enter a date in the future, as month and year.',
  errorCvc: 'Enter the three or four digits of the security code.',
  errorName: 'Enter a name.',
  errorEmail: 'Enter an e-mail address.',
  errorCountry: 'Choose a country.',
  errorAddress: 'Enter the address and the city.',
  errorCode: 'This code cannot be used here.',
  errorTaxId: 'This tax id does not have the form of its kind.',
  declined: 'Your card was declined. Nothing was charged.',
  noFunds: 'Your card has insufficient funds. Nothing was charged.',
  failedAuthentication: 'Your bank did not confirm the payment. Nothing was charged.',
  bankTitle: 'Your bank wants to be sure',
  bankText: 'A real bank would ask you for a code or in its app. Here you choose what it hears.',
  approve: 'Approve',
  refuse: 'Decline',
  portalTitle: 'Billing',
  portalText: (name) => `Cards and invoices of ${name}.`,
  currentCard: 'Card in use',
  cardEnding: (brand, last4, expiry) => `${brand} ending in ${last4}, expires ${expiry}`,
  noCard: 'No card is saved.',
  newCard: 'Another card',
  saveCard: 'Use this card',
  cardSaved: 'The card was saved. It pays from now on.',
  invoices: 'Invoices',
  noInvoices: 'There are no invoices yet.',
  invoiceNumber: 'Number',
  invoiceDate: 'Date',
  invoiceStatus: 'State',
  amount: 'Amount',
  statuses: { draft: 'Draft', open: 'Open', paid: 'Paid', void: 'Void', uncollectible: 'Uncollectible' },
  open: 'Show',
  back: 'Back to the site',
  invoiceTitle: (number) => `Invoice ${number}`,
  invoicePaid: 'This invoice is paid.',
  invoiceClosed: 'This invoice cannot be paid any more.',
  billedTo: 'Billed to',
  from: 'From',
  payWithSaved: (brand, last4) => `Pay with ${brand} ending in ${last4}`,
  notFoundTitle: 'There is nothing here',
  notFound: 'The page that you asked for does not exist in this local stand-in for Stripe.',
}
