/** Config files as people have them. */
import type { ConfigSection } from "../../../src/config/config-section.ts";
import { SECRET } from "./judge.ts";

/** Where a secret belongs in such a file: as the value of its setting, or on a line that has lost its name. */
export const SECRET_LINES =
  /^(?:[ \t]*(?:aws_secret_access_key|aws_session_token|aws_security_token)[ \t]*=.*|[^[=\n]*)$/gim;

export const CONFIG_FILES: readonly string[] = [
  `[default]
region = us-east-1
output = json

[profile dev]
sso_session = my-sso
sso_account_id = 012345678901
sso_role_name = ReadOnlyAccess
region = eu-west-1 # near

[profile dev-Ops]
sso_session = my-sso
sso_account_id = 012345678901
sso_role_name = Ops
#region = us-east-1

[sso-session my-sso]
sso_start_url = https://d-1234567890.awsapps.com/start
sso_region = us-east-1
sso_registration_scopes = sso:account:access, codewhisperer:completions
`,
  `# work
[profile base]
aws_access_key_id = AKIAMADEUP
aws_secret_access_key = ${SECRET}
s3 =
  max_concurrent_requests = 20
  addressing_style = path
[profile deploy]
role_arn = arn:aws:iam::222222222222:role/team/Deploy
source_profile = base
external_id = partner-7319
role_session_name = me@example.com
duration_seconds = 3600
mfa_serial = arn:aws:iam::111111111111:mfa/me
region = us-gov-west-1
[profile machine]
role_arn = arn:aws:iam::222222222222:role/Deploy
credential_source = Ec2InstanceMetadata
ec2_metadata_service_endpoint = http://127.0.0.1:1338/
metadata_service_num_attempts = 3
`,
  `\ufeff[profile 'my prof']\r
credential_process = "/opt/my tool/helper" --user me\r
endpoint_url = https://example.com/path/\r
services = local\r
use_fips_endpoint = false\r
retry_mode = adaptive\r
max_attempts = 5\r
ca_bundle = ~/certs/corporate.pem\r
\r
[services local]\r
sts =\r
  endpoint_url = http://localhost:4566\r
sso_oidc = \r
  endpoint_url = http://localhost:4567\r
; a note\r
[plugins]\r
cli_legacy_plugin_path = /opt\r
`,
  `[profile web]
role_arn = arn:aws:iam::222222222222:role/Web
web_identity_token_file = /var/run/secrets/token
role_session_name = web
[profile legacy]
sso_start_url = https://example.awsapps.com/start#/
sso_region = eu-central-1
sso_account_id = 111111111111
sso_role_name = Admin
[profile signed-in]
login_session = arn:aws:iam::111111111111:user/me
  [profile indented]
  aws_access_key_id = AKIAMADEUP
  aws_secret_access_key = ${SECRET}
  aws_session_token = ${SECRET}
[profile ring]
role_arn = arn:aws:iam::222222222222:role/Ring
source_profile = ring-2
[profile ring-2]
role_arn = arn:aws:iam::222222222222:role/Ring
source_profile = ring`,
];

export const CREDENTIALS_FILES: readonly string[] = [
  `[default]
aws_access_key_id = AKIAMADEUPDEFAULT
aws_secret_access_key = ${SECRET}

[dev]
aws_access_key_id=ASIAMADEUP
aws_secret_access_key=${SECRET}
aws_session_token=${SECRET}
aws_account_id=012345678901
`,
  `; made by a tool
[my prof]
aws_access_key_id = AKIAMADEUP
aws_secret_access_key = ${SECRET}
aws_security_token = ${SECRET}
[base]
credential_process = helper
`,
];

export const HEADERS: readonly string[] = [
  "default",
  "profile dev",
  "profile default",
  "profile 'my prof'",
  'profile "my prof"',
  "profile my\\ prof",
  'profile "a\\"b\\\\c"',
  "profile  dev",
  " profile\tdev ",
  "sso-session my-sso",
  'sso-session "my-sso"',
  "services local",
  "profile 012345678901-ReadOnlyAccess",
  "preview",
];

export const WANTED: readonly ConfigSection[] = [
  {
    kind: "sso-session",
    name: "my-sso",
    lines: [
      { key: "sso_start_url", value: "https://d-1234567890.awsapps.com/start" },
      { key: "sso_region", value: "us-east-1" },
      { key: "sso_registration_scopes", value: "sso:account:access" },
    ],
  },
  {
    kind: "profile",
    name: "dev-Ops",
    lines: [
      { key: "sso_session", value: "my-sso" },
      { key: "sso_account_id", value: "012345678901" },
      { key: "sso_role_name", value: "Ops" },
      { comment: "#region = us-east-1" },
    ],
  },
  {
    kind: "profile",
    name: "dev-Reader",
    lines: [
      { key: "sso_session", value: "my-sso" },
      { key: "region", value: "eu-west-1" },
    ],
  },
];
