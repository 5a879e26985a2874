package handlers

func (s *Server) cycleRoutes() []route { return nil }
