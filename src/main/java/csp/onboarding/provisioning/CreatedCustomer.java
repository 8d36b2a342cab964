package csp.onboarding.provisioning;

import csp.directory.customer.Customer;
import csp.identity.CompanyDirectory.Credentials;

/** A new customer, what its first user signs in with, and what was asked for. */
public record CreatedCustomer(Customer customer, Credentials administrator, NewCustomer wanted) {}
