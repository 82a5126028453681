// The passwords of eight characters and more that are tried first. In lower case, as they are compared.

const WORDS = `
00000000 00001111 01234567 0123456789 098765432 0987654321 10203040 102030405060 1029384756 11111111 1111111111
11112222 111222333 111222333444 11223344 1122334455 112233445566 12121212 1212121212 12211221 12312312 123123123
123321123 12341234 12344321 123454321 12345678 123456789 1234567890 1234567891 12345678910 123456789a 123456789q
12345678a 123456abc 123456qwe 12345qwert 1234qwer 123abc123 123qwe123 123qweasd 123qweasdzxc 13131313 1357924680
147258369 159753456 19901990 19951995 1a2b3c4d 1q2w3e4r 1q2w3e4r5t 1q2w3e4r5t6y 1qaz2wsx 1qaz2wsx3edc 1qazxsw2
20002000 20202020 20232023 20242024 20252025 20262026 22222222 2468101214 27182818 31415926 314159265 33333333
44444444 55555555 66666666 77777777 87654321 88888888 987654321 9876543210 99999999 a1234567 a12345678
a123456789 a1b2c3d4 aa123123 aa123456 aa12345678 aa@123456 abc12345 abc123456 abc123abc abc@1234 abcd1234
abcd@1234 abcdefg1 abcdefgh abcdefghi abdullah abdullah1 abdullah123 access12 access123 access14 admin123
admin1234 admin12345 admin123456 admin@123 adminadmin administrator administrator1 ahlan123 ahmed123 ahmed1234
ahmed12345 alexander alexander1 alexander123 alexandra alexandra1 alhamdulilah alhamdulillah allah123 allah786
allahakbar allahuakbar andrew123 android1 android123 angel123 angels123 anthony1 anthony123 apple123 april2026
arsenal1 arsenal123 asdf1234 asdf@123 asdfasdf asdfghjk asdfghjkl asdfqwer asshole1 august2025 autumn2024
autumn2025 autumn2026 babyboy1 babygirl babygirl1 babygirl123 bailey12 bailey123 banana12 banana123 barcelona
barcelona1 baseball baseball1 basketball batman123 beautiful beautiful1 benjamin benjamin1 bestfriend
bestfriend1 birthday birthday1 bismillah bismillah1 bismillah786 bitch123 biteme12 biteme123 black123 blahblah
blahblah1 blink182 blue1234 bullshit bullshit1 business business1 buster12 buster123 butterfly butterfly1
butterfly123 cairo123 changeme changeme! changeme1 changeme123 charlie1 charlie123 cheese123 chelsea1 chelsea123
chocolate chocolate1 christ123 christian christian1 christina christina1 christopher christopher1 college1
college123 company1 company123 computer computer! computer1 computer123 control1 control123 cookie12 cookie123
correcthorse correcthorsebatterystaple corvette corvette1 cristiano cristiano7 crystal1 crystal123 daddy123
daniel12 daniel123 danielle danielle1 darthvader david123 david1234 december december1 default1 default123
diamond1 diamond123 dolphin1 dolphin123 dragon12 dragon123 dubai123 egypt123 elephant elephant1 elizabeth
elizabeth1 elizabeth123 eminem123 facebook facebook1 facebook123 family123 father123 fatima123 fatimah1 february
february1 ferrari1 ferrari123 flower12 flower123 football football1 football123 forever1 forever21 fortnite
fortnite1 freedom1 freedom123 friday13 friends1 friends123 frodo123 fuckoff1 fuckyou1 fuckyou123 fuckyou2
gabriela gabriela1 gandalf1 gandalf123 gangster gangster1 garfield garfield1 george123 ginger12 ginger123
godisgood godisgood1 golden12 golden123 goodluck goodluck1 google123 gorgeous gorgeous1 green123 guest123
guest1234 habibi123 habibti123 hacker12 hacker123 handsome handsome1 happy123 happyday harley12 harley123
harrypotter harrypotter1 hassan123 heaven123 hello123 hello1234 hello12345 hello@123 hellohello hellokitty
hellokitty1 helloworld helloworld1 hockey12 hockey123 hogwarts honey123 hunter12 hunter123 hussein1 hussein123
iamgod123 ibrahim1 ibrahim123 ihateyou ilovegod iloveme123 iloveu123 iloveyou iloveyou! iloveyou1 iloveyou123
iloveyou2 india123 indonesia internet internet1 ironman123 isabella isabella1 islam123 james007 james123
january1 january2026 jasmine1 jasmine123 jennifer jessica1 jessica123 jesus123 jesuschrist jesuslovesme john1234
johnny123 jonathan jonathan1 jonathan123 jordan123 jordan23 joshua123 justice1 juventus khaled123 killer12
killer123 legolas1 letmein! letmein1 letmein123 letmeinnow linkedin linkedin1 liverpool liverpool1 liverpool123
lkjhgfdsa login123 love1234 love12345 lovelove lovely12 lovely123 loveyou1 maggie12 maggie123 mahmoud1
mahmoud123 manager1 manager123 manchester manutd123 march2026 margaret margaret1 marhaba123 master12 master123
matrix12 matrix123 matthew1 matthew123 mercedes mercedes1 messi1010 messi123 metallica michael1 michael123
michelle michelle1 michelle123 mickey123 microsoft microsoft1 minecraft minecraft1 minnie123 mnbvcxz1
mnbvcxzlkjhgfdsa mohamed1 mohamed123 mohammed mohammed1 mohammed123 mommy123 monday123 monkey12 monkey123
mother123 muhammad muhammad1 muhammad123 mustafa1 mustafa123 mustang1 mustang123 mypassword mypassword1 myspace1
natalie1 natalie123 newpassword newpassword1 nicholas nicholas1 nicole123 ninja123 nintendo nopassword nothing1
nothing123 november november1 october1 office12 office123 oldpassword openopen opensesame opensesame1 orange12
orange123 p@ssw0rd p@ssw0rd1 p@ssw0rd123 p@ssword p@ssword1 pa$$w0rd pa$$word pakistan pakistan1 pakistan123
pass1234 pass12345 pass123456 pass@123 pass@1234 passcode passcode1 passpass passphrase passw0rd passw0rd1
password password! password01 password1 password1! password11 password12 password123 password123! password1234
password12345 password2 password99 password@1 password@123 passwords passwort patricia patricia1 penguin1
penguin123 pepper12 pepper123 phoenix1 phoenix123 playboy1 playboy123 playstation poiuytrewq pokemon1 pokemon123
porsche1 porsche911 predator predator1 princess princess1 princess123 purple12 purple123 pussy123 q1234567
q123456789 q1w2e3r4 q1w2e3r4t5 qazwsx123 qazwsxedc qq123456 qwe12345 qweasd123 qweasdzxc qwer1234 qwerasdf
qwerasdfzxcv qwerty12 qwerty123 qwerty1234 qwerty12345 qwerty123456 qwerty@123 qwertyqwerty qwertyui qwertyuiop
qwertyuiop123 rainbow1 rainbow123 realmadrid realmadrid1 rebecca1 rebecca123 red12345 richard1 richard123
robert123 ronaldo07 ronaldo123 ronaldo7 root1234 rootroot sabah123 salam123 salamalaikum samantha samantha1
samantha123 samsung1 samsung123 saudi123 school12 school123 scooby123 scorpion scorpion1 secret12 secret123
secret1234 security security1 security123 september september1 service1 service123 sexy1234 sexygirl shadow12
shadow123 silver12 silver123 simpsons simpsons1 skywalker slipknot smile123 smiley123 snoopdog snoopy123
soccer12 soccer123 something something1 southpark spiderman spiderman1 spongebob spongebob1 spring2024
spring2025 spring2026 startrek startrek1 starwars starwars1 starwars123 stephanie stephanie1 student1 student123
summer2023 summer2024 summer2025 summer2026 sunshine sunshine1 superman superman1 superman123 support1
support123 sweetheart sweety123 teacher1 teacher123 temp1234 temppass temppassword tennis12 tennis123 terminator
test1234 test12345 test@123 test@1234 testing1 testing123 testtest thepassword thomas123 thunder1 thunder123
tigger12 tigger123 tinkerbell tinkerbell1 toor1234 trustno1 tupac123 university university1 user1234 user12345
user@123 username username1 vader123 veronica veronica1 victoria victoria1 victoria123 w1234567 warrior1
warrior123 welcome! welcome1 welcome1! welcome12 welcome123 welcome2025 welcome2026 welcome@123 whatever
whatever1 whatever123 white123 william1 william12 william123 windows10 windows11 winter2023 winter2024
winter2025 winter2026 yamaha12 yamaha123 yellow12 yellow123 yoda1234 yourpassword youssef1 youssef123 z1234567
zaq12wsx zaq1zaq1 zxcvbnm, zxcvbnm1 zxcvbnm123 zxcvzxcv zxczxczxc
`

export const commonPasswords: ReadonlySet<string> = new Set(WORDS.trim().split(/\s+/))
