// For tests: things that are found, and things that look like them. Nothing here is anybody's.
export const privateKey = `-----BEGIN RSA PRIVATE KEY-----
MIIBOgIBAAJBAKj34GkxFhD90vcNLYLInFEX6Ppy1tPf9Cnzj4p4WGeKLs1Pt8Qu
KUpRKfFLfRYC9AIKjbJTWit+CqvjWYzvQwECAwEAAQ==
-----END RSA PRIVATE KEY-----`

export const jwt =
  'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U'

export const samples = [
  'ali.hassan+news@mail.example.com',
  'a@b.co',
  '+966 50 123 4567',
  '٠٥٠١٢٣٤٥٦٧',
  '00201012345678',
  'هاتف: 2233 4455',
  '4111 1111 1111 1111',
  '٤١١١١١١١١١١١١١١١',
  '378282246310005',
  'SA03 8000 0000 6080 1016 7519',
  'gb82west12345698765432',
  '1000000008',
  '784-1990-1234567-6',
  '29001011234567',
  '192.168.10.24',
  '2001:db8::8a2e:370:7334',
  'rq_01k2abcdefgh_01k3abcdefgh_S3cretS3cretS3cretS3cret',
  'sk-proj-aB3dE5fG7hI9jK1lM3nO5pQ7rS9tU1vW3x',
  'sk-learn-pipeline-of-many-steps-and-names-without-end',
  'AKIAIOSFODNN7EXAMPLE',
  privateKey,
  jwt,
  'Authorization: Bearer abcdef0123456789abcdef',
  'password: hunter2!x',
  '"password": "open sesame"',
  'كلمة السر هي Abc123!!',
  'والخمر',
  'بِالخَمْرِ',
  'خمــــر',
  'للخمر',
  'بنك  الراجحي',
  'Secret-Project',
  'الخمري',
  'مرحبا كيف حالك اليوم',
  'The quick brown fox, 2026-11-22 at 10:30.',
]
