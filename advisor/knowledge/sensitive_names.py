"""Names of properties that suggest a sensitive value, in any casing and in the languages that plans are written in.

They are used for suggestions only: the name of a property never changes the advice. Segment's reserved traits of a
sensitive kind (email, phone, address, birthday) are included.
"""

from __future__ import annotations

from advisor.knowledge.name_phrases import NamePhrases

SENSITIVE_NAMES: dict[str, str] = {
    "an e-mail address": "email emails mail e_mail email_address mail_address courriel correo correo_electronico "
    "posta_elettronica emailadresse メール 邮箱 電子郵件 이메일 почта",
    "a phone number": "phone phones telephone mobile_number cell_phone msisdn whatsapp telefon telefonnummer handy "
    "handynummer mobil telefono celular telefone telefoon numero_de_telephone 電話 电话 手机 전화 телефон",
    "a card number": "card_number credit_card creditcard debit_card cc_number cvv cvc cvv2 card_holder cardholder "
    "kreditkarte kartennummer carte_bancaire numero_carte tarjeta tarjeta_credito carta_di_credito cartao creditcardnummer",
    "bank details": "iban bic bank_account account_number routing_number sort_code kontonummer bankverbindung "
    "numero_compte cuenta_bancaria conta_bancaria rekeningnummer",
    "a secret": "password passwd passphrase secret client_secret token access_token refresh_token auth_token api_key apikey "
    "private_key session_token jwt otp pin pin_code one_time_code security_answer passwort kennwort geheimnis "
    "mot_de_passe contrasena senha parola_d_ordine wachtwoord 密码 密碼 パスワード 비밀번호 пароль",
    "an identity number": "ssn social_security social_security_number national_id nino passport passport_number "
    "driver_license drivers_license driving_licence tax_id itin vat_id id_number personalausweis ausweisnummer "
    "steuer_id steuernummer sozialversicherungsnummer numero_securite_sociale nir dni nif curp cpf cnpj "
    "codice_fiscale bsn pesel aadhaar 身份证",
    "a postal address": "address addresses street street_address address_line postal_address home_address zip zip_code "
    "zipcode postcode postal_code shipping_address billing_address delivery_address adresse anschrift strasse "
    "plz postleitzahl code_postal direccion calle codigo_postal indirizzo endereco adres 住所 地址 주소 адрес",
    "a date of birth": "birthday birthdate birth_date birth date_of_birth dob geburtstag geburtsdatum naissance "
    "date_de_naissance fecha_de_nacimiento nacimiento data_di_nascita nascita data_de_nascimento nascimento "
    "geboortedatum 生日 誕生日 생년월일",
    "an IP address": "ip ip_address ipv4 ipv6 remote_addr client_ip user_ip ip_adresse adresse_ip",
    "a precise location": "latitude longitude lat lng lon geo geolocation gps coordinates lat_lng",
    "health data": "health diagnosis diagnoses disease medication prescription medical patient symptom symptoms allergy "
    "allergies disability pregnant pregnancy blood_type insurance_number gesundheit krankheit diagnose "
    "krankenkasse sante maladie salud enfermedad salute malattia saude doenca",
    "a special category of personal data": "religion ethnicity sexual_orientation political political_party "
    "union_member biometric fingerprint criminal_record genetic konfession orientation_sexuelle",
    "income or credit": "salary income credit_score creditscore net_worth gehalt einkommen salaire sueldo salario",
    "a device's advertising id": "idfa gaid advertising_id adid",
}
"""What a property contains -> the names that suggest it, separated by blanks."""
_PHRASES = NamePhrases(SENSITIVE_NAMES)


def sensitive_kind(name: str) -> str | None:
    """Return what a property of this name seems to contain (``a phone number``); None if nothing sensitive."""
    return _PHRASES.find(name)
