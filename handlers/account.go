package handlers

func (s *Server) accountRoutes() []route { return nil }
