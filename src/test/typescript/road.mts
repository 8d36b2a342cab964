// The road of the README, through nothing but what was generated from openapi.yaml. The first argument is the service's address.
import createClient from "openapi-fetch";
import type { paths } from "./contract.js";

declare const process: { argv: string[] };

const baseUrl = process.argv[2]!;
const partner = "a0000000-0000-4000-8000-000000000011";
const provider = "a0000000-0000-4000-8000-000000000012";
const customerId = "c0000000-0000-4000-8000-000000000011";
const ofCustomer = { path: { customerId } };

/** What a call answered; a refusal ends the walk. */
function done<T>(answer: { data?: T; error?: unknown; response: Response }): T {
  if (answer.data === undefined) {
    throw new Error(`${answer.response.status} ${answer.response.url} ${JSON.stringify(answer.error)}`);
  }
  return answer.data;
}

function expect(what: string, seen: unknown, wanted: unknown) {
  if (JSON.stringify(seen) !== JSON.stringify(wanted)) {
    throw new Error(`${what}: ${JSON.stringify(seen)} and not ${JSON.stringify(wanted)}`);
  }
}

async function administratorOf(company: string) {
  const token = done(
    await createClient<paths>({ baseUrl }).POST("/{tenant}/oauth2/token", {
      params: { path: { tenant: `${company}.example` } },
      body: {
        grant_type: "password",
        client_id: "e0000000-0000-4000-8000-0000000000fe",
        resource: "https://api.partnercenter.microsoft.com",
        username: `admin@${company}.example`,
        password: `${company}-password`,
      },
      bodySerializer: (form) => new URLSearchParams(form as Record<string, string>).toString(),
      headers: { "Content-Type": "application/x-www-form-urlencoded" },
    }),
  ).access_token;
  return createClient<paths>({ baseUrl, headers: { Authorization: `Bearer ${token}` } });
}

const tailspin = await administratorOf("tailspin");
const coffee = await administratorOf("fourthcoffee");

async function openPrerequisites() {
  const readiness = done(
    await tailspin.GET("/portal/v1/customers/{customerId}/transferReadiness", {
      params: { ...ofCustomer, query: { provider } },
    }),
  );
  return readiness.prerequisites.filter((prerequisite) => !prerequisite.met).map((prerequisite) => prerequisite.name);
}

expect("open at first", await openPrerequisites(), [
  "resellerEnrolment",
  "partnership",
  "providerOfCustomer",
  "customerAgreement",
]);

const enrolment = { path: { enrolmentId: done(await tailspin.POST("/portal/v1/enrolments")).id } };
const primaryContact = { firstName: "Tia", lastName: "Lind", email: "tia@tailspin.example" };
done(await tailspin.POST("/portal/v1/enrolments/{enrolmentId}/submit", { params: enrolment, body: { primaryContact } }));
const enrolled = done(
  await tailspin.POST("/portal/v1/enrolments/{enrolmentId}/acceptAgreement", { params: enrolment }),
);
expect("enrolment", enrolled.status, "enrolled");

const invitation = done(await coffee.POST("/portal/v1/partnershipInvitations", { body: { resellerTenantId: partner } }));
const accepted = done(
  await tailspin.POST("/portal/v1/partnershipInvitations/{token}/accept", {
    params: { path: { token: invitation.token } },
  }),
);
expect("invitation", accepted.status, "accepted");

const extensions = done(
  await tailspin.POST("/portal/v1/relationshipExtensions", {
    body: [
      {
        customerId,
        directPartnerId: partner,
        indirectProviderId: provider,
        consent: { givenBy: "Margie Shoop", givenAt: "2026-02-01T15:00:00Z", method: "email" },
      },
    ],
  }),
);
expect("extensions", extensions.map((extension) => extension.relationship?.via), ["extension"]);

const agreement = done(
  await coffee.POST("/v1/customers/{customerId}/agreements", {
    params: ofCustomer,
    body: {
      primaryContact: { firstName: "Margie", lastName: "Shoop", email: "owner@margies.example" },
      templateId: "117a77b0-9360-443b-8795-c6dedc750cf9",
      dateAgreed: "2026-02-02T00:00:00.000Z",
      type: "MicrosoftCustomerAgreement",
    },
  }),
);
expect("agreement", agreement.type, "MicrosoftCustomerAgreement");
expect("open at last", await openPrerequisites(), []);

const eligibility = done(
  await tailspin.GET("/v1/customers/{customerId}/transferseligibility", {
    params: { ...ofCustomer, query: { transferType: "directtoindirect" } },
  }),
);
expect("eligibility", eligibility.map((subscription) => subscription.isEligible), [true]);

const created = done(
  await tailspin.POST("/v1/customers/{customerId}/transfers", {
    params: ofCustomer,
    body: {
      sourcePartnerTenantId: partner,
      targetPartnerTenantId: provider,
      lineItems: eligibility.map(({ id }) => ({ subscriptionId: id })),
    },
  }),
);
const listed = done(await coffee.GET("/v1/customers/{customerId}/transfers", { params: ofCustomer }));
expect("list", listed.map(({ id, status }) => [id, status]), [[created.id, "Active"]]);

const transfer = { path: { customerId, transferId: created.id } };
const result = done(await coffee.POST("/v1/customers/{customerId}/transfers/{transferId}/accept", { params: transfer }));
expect("orders", [result.orders.length, result.transferErrors.length], [1, 0]);
const moved = done(await coffee.GET("/v1/customers/{customerId}/transfers/{transferId}", { params: transfer }));
expect("transfer", moved.status, "Complete");
