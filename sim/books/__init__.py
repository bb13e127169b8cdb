"""The books: the ledger of the whole economy, and what must hold of it."""

from sim.books.begin import begin
from sim.books.identities import check
from sim.part import Part

BOOKS = Part("books", begin, check=check)
